// How clients reach this server, for the links that it hands out.
#pragma once
#include <string>
#include <string_view>

#include "api/services.hpp"
#include "http/message.hpp"

namespace gatehouse::api {

// As configured (public_url); otherwise by the request's own Host. Without a slash at the end.
[[nodiscard]] std::string public_url(const Services& services, const http::Request& request);

// What stands in such a URL behind the host, as https://example.com/gatehouse has /gatehouse; mostly nothing.
[[nodiscard]] std::string path_of_url(std::string_view url);

}  // namespace gatehouse::api
