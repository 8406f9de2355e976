// The commands of the vendor's API on apps of the account's own (Z9, Z10, Z13, Z19), one function each, named in the route table.
#pragma once
#include "api/exchange.hpp"
#include "api/services.hpp"

namespace gatehouse::api::zoom {

void create_app(const Services& services, ExchangePointer exchange);        // Z9
void delete_app(const Services& services, ExchangePointer exchange);        // Z10
void replace_manifest(const Services& services, ExchangePointer exchange);  // Z13
void rotate_secret(const Services& services, ExchangePointer exchange);     // Z19

}  // namespace gatehouse::api::zoom
