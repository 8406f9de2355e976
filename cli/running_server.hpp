// Where the server on a data folder can be reached, for tools that find the folder in use: the file `server-url` in it, which the server writes at its
// start. It may outlive the server. And how the tools ask a server.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "outbound/http_client.hpp"

namespace gatehouse::cli {

// Throws std::runtime_error when it cannot be written.
void write_server_url(const std::string& data, const std::string& url);
[[nodiscard]] std::optional<std::string> read_server_url(const std::string& data);

[[nodiscard]] bool is_on_this_machine(std::string_view url);
// As outbound::http_call. A server of this machine is known by its place: its certificate is for the name by which clients know it, and may be any.
[[nodiscard]] outbound::HttpAnswer call_server(outbound::HttpRequest request);

}  // namespace gatehouse::cli
