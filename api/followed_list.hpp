// What whoever follows a list is told of: all of it, up to a bound, and not a page.
#pragma once
#include <chrono>
#include <cstddef>
#include <tl/expected.hpp>
#include <vector>

#include "api/query.hpp"

namespace gatehouse::api {

inline constexpr std::size_t followed_items_max = 1'000;
inline constexpr std::size_t followed_pages_max = 20;  // of which each looks at a bounded number of rows

struct FollowedList {
  std::vector<QueryAnswer> pages;
  bool truncated{};                 // the list goes on
  std::chrono::nanoseconds took{};  // to look at it
};

// `page` is the context's: it is turned.
[[nodiscard]] tl::expected<FollowedList, Problem> look_at_list(Query query, const QueryContext& context, Page& page);

}  // namespace gatehouse::api
