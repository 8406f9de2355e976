// The log as everybody may read it (C2SP tlog-tiles), and the key by which it is known.
#pragma once
#include "api/exchange.hpp"
#include "api/services.hpp"

namespace gatehouse::api {

void show_checkpoint(const Services& services, ExchangePointer exchange);
void show_tile(const Services& services, ExchangePointer exchange);
void show_verifier_key(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api
