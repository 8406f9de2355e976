// Where the server on a data folder can be reached, for tools that find the folder in use: the file `server-url` in it, which the server writes at its
// start. It may outlive the server.
#pragma once
#include <optional>
#include <string>

namespace gatehouse::cli {

// Throws std::runtime_error when it cannot be written.
void write_server_url(const std::string& data, const std::string& url);
[[nodiscard]] std::optional<std::string> read_server_url(const std::string& data);

}  // namespace gatehouse::cli
