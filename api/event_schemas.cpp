#include "api/event_schemas.hpp"

#include <type_traits>
#include <utility>

#include "api/event_form.hpp"
#include "api/json/described_schema.hpp"
#include "events/event.hpp"

namespace gatehouse::api {
namespace {

template <class T>
void append_data_schema(std::string& out) {
  append_schema<std::remove_cvref_t<decltype(form_of(std::declval<const T&>()))>>(out, SchemaUse::output);
}

}  // namespace

const std::vector<EventSchema>& event_schemas() {
#define GATEHOUSE_SCHEMA(number, type, version) {#type, append_data_schema<type>},
  static const std::vector<EventSchema> schemas{GATEHOUSE_EVENTS(GATEHOUSE_SCHEMA)};
#undef GATEHOUSE_SCHEMA
  return schemas;
}

}  // namespace gatehouse::api
