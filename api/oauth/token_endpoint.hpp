// POST /oauth/token (RFC 6749): an app gets an access token (RFC 9068) for its client id and secret, for itself (client_credentials) or, with
// the vendor's grant account_credentials, for the user who registered it.
#pragma once
#include "api/exchange.hpp"
#include "api/services.hpp"

namespace gatehouse::api::oauth {

inline constexpr std::chrono::seconds token_lifetime{3'600};

void issue_token(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api::oauth
