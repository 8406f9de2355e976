#include "api/followed_list.hpp"

#include <algorithm>

#include "table/assert.hpp"

namespace gatehouse::api {

tl::expected<FollowedList, Problem> look_at_list(Query query, const QueryContext& context, Page& page) {
  using Clock = std::chrono::steady_clock;
  const auto begun = Clock::now();
  FollowedList list;
  page.after.reset();
  for (std::size_t items = 0; !list.truncated;) {
    page.size = std::min(page_size_max, followed_items_max - items);
    auto answer = query(context);
    if (!answer)
      return tl::unexpected(std::move(answer.error()));
    items += answer->items.size();
    const auto token = answer->body.substr(answer->page_token.at, answer->page_token.size);
    list.pages.push_back(std::move(*answer));
    if (token.empty())
      break;
    list.truncated = items >= followed_items_max || list.pages.size() == followed_pages_max;
    page.after = page.tokens->open(page.query, token, page.now);
    GATEHOUSE_ASSERT(page.after.has_value());
  }
  list.took = Clock::now() - begun;
  return list;
}

}  // namespace gatehouse::api
