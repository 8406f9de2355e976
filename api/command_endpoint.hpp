// The two doors for commands: an account's, and the platform's for accounts and the catalogue. Reads the request, hands it to
// the command service, and answers when the outcome is known, which for an accepted command means durable.
#pragma once
#include "api/exchange.hpp"
#include "api/services.hpp"

namespace gatehouse::api {

void run_commands(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api
