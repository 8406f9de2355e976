// The documents about the API: OpenAPI, the readable page, the pages of the problem codes. They do not change while the
// server runs.
#pragma once
#include "api/services.hpp"

namespace gatehouse::api {

[[nodiscard]] Document make_document(std::string text);

void show_openapi(const Services& services, ExchangePointer exchange);
void lead_to_docs(const Services& services, ExchangePointer exchange);
void show_docs(const Services& services, ExchangePointer exchange);
void list_problems(const Services& services, ExchangePointer exchange);
void show_problem(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api
