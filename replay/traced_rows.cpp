#include "replay/traced_rows.hpp"

namespace gatehouse {

std::optional<std::string> TracedRows::get(std::string_view key) const {
  auto value = rows_->get(key);
  remember(key, value);
  return value;
}

void TracedRows::scan(std::string_view prefix, std::string_view from, const Visitor& visit) const {
  rows_->scan(prefix, from, [&](std::string_view key, std::string_view value) {
    remember(key, std::string(value));
    return visit(key, value);
  });
}

void TracedRows::remember(std::string_view key, std::optional<std::string> value) const {
  if (read_.contains(key))
    return;
  if (read_.size() < rows_max_)
    read_.emplace(key, std::move(value));
  else
    ++left_out_;
}

}  // namespace gatehouse
