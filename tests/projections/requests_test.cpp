#include "projections/requests.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "domain/request.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "tests/projections/folded_story.hpp"

namespace gatehouse {
namespace {

using testing::all_pages;
using testing::FoldedStory;

// The slow way: every request of the account, newest first, and then the filter.
std::vector<std::string> expected_ids(const State& state, const RequestFilter& filter) {
  std::map<std::uint64_t, std::string, std::greater<>> newest_first;
  state.rows().scan(Key('Q').text(state.account_id().value).take(), [&](std::string_view, std::string_view value) {
    const auto row = effective_request(state, unpack_row<RequestRow>(value));
    const bool matches = (!filter.kind || row.kind == *filter.kind) && (!filter.status || row.status == *filter.status) &&
                         (!filter.app_id || row.details.app_id == *filter.app_id) &&
                         (!filter.user_id || row.details.user_id == *filter.user_id);
    if (matches) newest_first[row.requested_version] = row.details.request_id.value;
    return true;
  });
  std::vector<std::string> ids;
  for (const auto& [version, id] : newest_first) ids.push_back(id);
  return ids;
}

template <class T>
std::optional<T> maybe(const std::vector<T>& values) {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  return *rc::gen::elementOf(values);
}

RC_GTEST_PROP(Requests, lists_what_a_look_at_every_request_finds, ()) {
  const RequestsProjection projection;
  const FoldedStory story(projection, *rc::gen::arbitrary<std::uint64_t>());
  for (const auto& account : story.world.story.accounts()) {
    const auto state = story.of(account);
    const RequestFilter filter{
        maybe<RequestKind>({RequestKind::pre_approval, RequestKind::install}),
        maybe<RequestStatus>({RequestStatus::pending, RequestStatus::approved, RequestStatus::rejected}),
        maybe(story.world.story.apps()), maybe<UserId>({UserId{"user-0"}, UserId{"user-1"}})};
    const auto rows = all_pages<RequestRow>(
        [&](std::string_view cursor, std::size_t size) { return requests_page(story.rows, state, filter, cursor, size); },
        *rc::gen::inRange<std::size_t>(1, 20));
    std::vector<std::string> ids;
    for (const auto& row : rows) ids.push_back(row.details.request_id.value);
    RC_ASSERT(ids == expected_ids(state, filter));
  }
}

TEST(Requests, have_some_of_every_status_in_the_stories_they_are_tested_with) {
  const RequestsProjection projection;
  std::map<RequestStatus, int> seen;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const FoldedStory story(projection, seed);
    for (const auto& account : story.world.story.accounts()) {
      const auto state = story.of(account);
      for (const auto& row : requests_page(story.rows, state, {}, {}, 300).items) ++seen[row.status];
    }
  }
  EXPECT_GE(seen.size(), 5U);
}

}  // namespace
}  // namespace gatehouse
