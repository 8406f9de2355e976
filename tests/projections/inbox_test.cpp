#include "projections/inbox.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "tests/projections/folded_story.hpp"

namespace gatehouse {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::all_pages;
using testing::FoldedStory;
using testing::HandmadeHistory;

std::vector<std::string> listed(const TableReader& rows, const State& state, RequestKind kind, InboxPart part, std::size_t page_size) {
  const auto apps = all_pages<InboxApp>(
      [&](std::string_view cursor, std::size_t size) { return inbox_page(rows, state, kind, part, cursor, size); }, page_size);
  std::vector<std::string> ids;
  for (const auto& app : apps) ids.push_back(app.app_id.value);
  return ids;
}

std::vector<std::string> expected(const FoldedStory& story, const State& state, RequestKind kind, bool active) {
  std::map<std::uint64_t, std::string, std::greater<>> newest_first;
  for (const auto& app : story.world.story.apps()) {
    const auto row = state.governed_app(app);
    const auto& counters = kind == RequestKind::pre_approval ? row.pre_approval_requests : row.install_requests;
    if (counters.total > 0 && (counters.pending > 0) == active) newest_first[counters.latest_version] = app.value;
  }
  std::vector<std::string> ids;
  for (const auto& [version, id] : newest_first) ids.push_back(id);
  return ids;
}

RC_GTEST_PROP(Inbox, splits_the_apps_as_the_state_counts_their_requests, ()) {
  const InboxProjection projection;
  const FoldedStory story(projection, *rc::gen::arbitrary<std::uint64_t>());
  const auto page_size = *rc::gen::inRange<std::size_t>(1, 5);
  for (const auto& account : story.world.story.accounts()) {
    const auto state = story.of(account);
    for (const auto kind : {RequestKind::pre_approval, RequestKind::install}) {
      RC_ASSERT(listed(story.rows, state, kind, InboxPart::active, page_size) == expected(story, state, kind, true));
      RC_ASSERT(listed(story.rows, state, kind, InboxPart::past, page_size) == expected(story, state, kind, false));
    }
  }
}

class InboxByHand : public ::testing::Test {
 protected:
  void ask(const std::string& app, const std::string& user) {
    PreApprovalRequested event;
    event.request.request_id = RequestId{app + "-" + user};
    event.request.app_id = AppId{app};
    event.request.user_id = UserId{user};
    history_.add(event);
  }
  std::size_t possibly_active() {
    std::size_t count = 0;
    history_.rows.scan("M", [&](std::string_view, std::string_view) { return ++count > 0; });
    return count;
  }

  InboxProjection projection_;
  HandmadeHistory history_{projection_};
};

TEST_F(InboxByHand, puts_the_app_of_the_latest_request_first) {
  ask("one", "ann");
  ask("two", "ann");
  ask("one", "bob");
  EXPECT_THAT(listed(history_.rows, history_.state(), RequestKind::pre_approval, InboxPart::all, 10), ElementsAre("one", "two"));
}

TEST_F(InboxByHand, an_event_that_settles_everything_takes_the_app_from_the_active_ones) {
  ask("one", "ann");
  ask("one", "bob");
  EXPECT_EQ(possibly_active(), 1U);
  history_.add(AllRequestsDeclined{AppId{"one"}, UserId{"admin"}, {}, 2, false, 0});
  EXPECT_EQ(possibly_active(), 0U);
  EXPECT_THAT(listed(history_.rows, history_.state(), RequestKind::pre_approval, InboxPart::active, 10), IsEmpty());
  EXPECT_THAT(listed(history_.rows, history_.state(), RequestKind::pre_approval, InboxPart::past, 10), ElementsAre("one"));
}

TEST_F(InboxByHand, the_kinds_do_not_meet) {
  ask("one", "ann");
  EXPECT_THAT(listed(history_.rows, history_.state(), RequestKind::install, InboxPart::all, 10), IsEmpty());
}

}  // namespace
}  // namespace gatehouse
