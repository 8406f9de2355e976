// Whether the server lives, whether it is ready, and what it counts.
#pragma once
#include "api/services.hpp"

namespace gatehouse::api {

void show_liveness(const Services& services, ExchangePointer exchange);
// 503 with the reasons while the server stops, takes no commands, or its read models are not there yet.
void show_readiness(const Services& services, ExchangePointer exchange);
void show_metrics(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api
