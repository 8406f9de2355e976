// The commands of the vendor's governance API (Z3, Z5, Z6, Z8), one function each, named in the route table.
#pragma once
#include "api/exchange.hpp"
#include "api/services.hpp"

namespace gatehouse::api::zoom {

void pre_approve(const Services& services, ExchangePointer exchange);          // Z3
void add_for_users(const Services& services, ExchangePointer exchange);        // Z5
void decide_requests(const Services& services, ExchangePointer exchange);      // Z6
void switch_subscription(const Services& services, ExchangePointer exchange);  // Z8

}  // namespace gatehouse::api::zoom
