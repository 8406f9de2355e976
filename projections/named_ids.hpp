// Whom and what an event names: every app and user id anywhere in its data, each once, by looking at all of its members. An event added later
// is covered without being mentioned here. The views point into the event.
#pragma once
#include <string_view>
#include <vector>

#include "events/event.hpp"

namespace gatehouse {

struct NamedIds {
  std::vector<std::string_view> apps;
  std::vector<std::string_view> users;
};
[[nodiscard]] NamedIds named_ids(const Event& event);

}  // namespace gatehouse
