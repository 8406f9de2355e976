#include "projections/approvals.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "tests/projections/folded_story.hpp"

namespace gatehouse {
namespace {

using testing::all_pages;
using testing::FoldedStory;

std::vector<std::string> ids_of(const std::vector<GovernedApp>& apps) {
  std::vector<std::string> ids;
  for (const auto& app : apps)
    ids.push_back(app.app_id.value);
  return ids;
}

RC_GTEST_PROP(Approvals, list_exactly_the_apps_that_the_state_calls_approved_or_restricted, ()) {
  const ApprovalsProjection projection;
  const FoldedStory story(projection, *rc::gen::arbitrary<std::uint64_t>());
  for (const auto& account : story.world.story.accounts()) {
    const auto state = story.of(account);
    std::vector<std::string> approved, restricted;
    for (const auto& app : story.world.story.apps()) {
      const auto row = state.governed_app(app);
      if (row.pre_approval_on)
        approved.push_back(app.value);
      if (row.restricted)
        restricted.push_back(app.value);
    }
    const auto page_size = *rc::gen::inRange<std::size_t>(1, 5);
    RC_ASSERT(approved == ids_of(all_pages<GovernedApp>(
                              [&](std::string_view cursor, std::size_t size) {
                                return approved_apps_page(story.rows, state, cursor, size);
                              },
                              page_size)));
    RC_ASSERT(restricted == ids_of(all_pages<GovernedApp>(
                                [&](std::string_view cursor, std::size_t size) {
                                  return restricted_apps_page(story.rows, state, cursor, size);
                                },
                                page_size)));
  }
}

RC_GTEST_PROP(Approvals, keep_no_row_of_an_app_that_is_neither, ()) {
  const ApprovalsProjection projection;
  const FoldedStory story(projection, *rc::gen::arbitrary<std::uint64_t>());
  std::size_t expected = 0;
  for (const auto& account : story.world.story.accounts()) {
    for (const auto& app : story.world.story.apps()) {
      const auto row = story.of(account).governed_app(app);
      expected += (row.pre_approval_on ? 1U : 0U) + (row.restricted ? 1U : 0U);
    }
  }
  const auto of_approval =
      std::ranges::count_if(story.rows.rows(), [](const auto& row) { return !row.first.starts_with('a'); });
  RC_ASSERT(static_cast<std::size_t>(of_approval) == expected);
}

}  // namespace
}  // namespace gatehouse
