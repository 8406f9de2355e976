// How clients reach this server, for the links that it hands out.
#pragma once
#include <string>

#include "api/services.hpp"
#include "http/message.hpp"

namespace gatehouse::api {

// As configured (public_url); otherwise by the request's own Host. Without a slash at the end.
[[nodiscard]] std::string public_url(const Services& services, const http::Request& request);

}  // namespace gatehouse::api
