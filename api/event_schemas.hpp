// The JSON Schema of each event's data.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::api {

struct EventSchema {
  std::string_view type;
  void (*append)(std::string& out){};
};

// In the order of the type numbers.
[[nodiscard]] const std::vector<EventSchema>& event_schemas();

}  // namespace gatehouse::api
