// What the operator sees of the read models. No domain data.
#pragma once
#include "api/services.hpp"

namespace gatehouse::api {

void list_projections(const Services& services, ExchangePointer exchange);
void show_projection(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api
