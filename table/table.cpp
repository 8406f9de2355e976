#include "table/table.hpp"

namespace gatehouse {

void Table::update(std::string_view key, const std::function<void(std::string& value)>& change) {
  auto value = get(key).value_or(std::string());
  change(value);
  put(key, value);
}

}  // namespace gatehouse
