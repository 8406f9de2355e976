// The metadata of AuthZEN (section 9): where the endpoints are.
#pragma once
#include "api/exchange.hpp"
#include "api/services.hpp"

namespace gatehouse::api::authzen {

// With a tenant in the path the decision point is named with it; the endpoints are the same, because the token names the account.
void show_metadata(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api::authzen
