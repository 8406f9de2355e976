// Proofs for the auditors of one account: that an event is in the log, and that the account's history is complete.
#pragma once
#include "api/exchange.hpp"
#include "api/services.hpp"

namespace gatehouse::api {

void prove_event(const Services& services, ExchangePointer exchange);
void prove_completeness(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api
