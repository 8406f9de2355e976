// Whom and what an event names: every app and user id anywhere in its data, each once, by looking at all of its members. An event added later
// is covered without being mentioned here. The views point into the event.
#pragma once
#include <boost/container/small_vector.hpp>
#include <string_view>

#include "events/event.hpp"

namespace gatehouse {

struct NamedIds {
  using Ids = boost::container::small_vector<std::string_view, 4>;  // most events name fewer of a kind
  Ids apps;
  Ids users;
};
[[nodiscard]] NamedIds named_ids(const Event& event);

}  // namespace gatehouse
