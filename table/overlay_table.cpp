#include "table/overlay_table.hpp"

namespace gatehouse {

std::optional<std::string> OverlayTable::get(std::string_view key) const {
  if (!changed_.may_have(key))
    return base_->get(key);
  const auto change = changes_.find(key);
  return change == changes_.end() ? base_->get(key) : change->second;
}

void OverlayTable::scan(std::string_view prefix, std::string_view from, const Visitor& visit) const {
  auto change = changes_.lower_bound(from > prefix ? from : prefix);
  bool going = true;
  // Hands out the changed keys below `bound`, or all that are left when there is no bound.
  const auto changes_below = [&](std::optional<std::string_view> bound) {
    for (; going && change != changes_.end() && change->first.starts_with(prefix); ++change) {
      if (bound && change->first >= *bound)
        return;
      if (change->second)
        going = visit(change->first, *change->second);
    }
  };
  base_->scan(prefix, from, [&](std::string_view key, std::string_view value) {
    changes_below(key);
    if (!going)
      return false;
    if (change != changes_.end() && change->first == key) {
      if (change->second)
        going = visit(key, *change->second);
      ++change;
      return going;
    }
    going = visit(key, value);
    return going;
  });
  changes_below(std::nullopt);
}

void OverlayTable::put(std::string_view key, std::string_view value) {
  changed_.add(key);
  changes_.insert_or_assign(std::string(key), std::string(value));
}

void OverlayTable::erase(std::string_view key) {
  changed_.add(key);
  changes_.insert_or_assign(std::string(key), std::nullopt);
}

void OverlayTable::merge_into(Table& target) const {
  for (const auto& [key, value] : changes_) {
    if (value) {
      target.put(key, *value);
    } else {
      target.erase(key);
    }
  }
}

}  // namespace gatehouse
