// How much the log says, for operators to see and to change.
#pragma once
#include "api/services.hpp"

namespace gatehouse::api {

void show_log_level(const Services& services, ExchangePointer exchange);
void change_log_level(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api
