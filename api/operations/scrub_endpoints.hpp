// The scrub of what is stored (store/scrubber.hpp): how far it is, what the last one found, and beginning one now.
#pragma once
#include "api/services.hpp"

namespace gatehouse::api {

void show_scrub(const Services& services, ExchangePointer exchange);
void begin_scrub(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api
