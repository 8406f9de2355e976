// Exports of one account's history or of all, streamed: at no time is more of it in memory than a part that the connection has not taken yet.
#pragma once
#include "api/exchange.hpp"
#include "api/services.hpp"

namespace gatehouse::api {

void export_history(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api
