#include "projections/inbox.hpp"

#include <boost/describe/class.hpp>
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "domain/request.hpp"
#include "events/archive.hpp"
#include "tests/projections/folded_story.hpp"

namespace gatehouse {
namespace {

using testing::all_pages;
using ::testing::ElementsAre;
using testing::FoldedStory;
using testing::HandmadeHistory;
using ::testing::IsEmpty;

std::vector<std::string> listed(const TableReader& rows, const State& state, RequestKind kind, InboxPart part,
                                std::size_t page_size) {
  const auto apps = all_pages<InboxApp>(
      [&](std::string_view cursor, std::size_t size) { return inbox_page(rows, state, kind, part, cursor, size); },
      page_size);
  std::vector<std::string> ids;
  for (const auto& app : apps)
    ids.push_back(app.app_id.value);
  return ids;
}

std::vector<std::string> expected(const FoldedStory& story, const State& state, RequestKind kind, bool active) {
  std::map<std::uint64_t, std::string, std::greater<>> newest_first;
  for (const auto& app : story.world.story.apps()) {
    const auto row = state.governed_app(app);
    const auto& counters = kind == RequestKind::pre_approval ? row.pre_approval_requests : row.install_requests;
    if (counters.total > 0 && (counters.pending > 0) == active)
      newest_first[counters.latest_version] = app.value;
  }
  std::vector<std::string> ids;
  for (const auto& [version, id] : newest_first)
    ids.push_back(id);
  return ids;
}

struct Reviews {
  std::map<std::string, RequestRow> newest;  // by app

  void consider(const RequestRow& request) {
    const bool decided = request.status == RequestStatus::approved || request.status == RequestStatus::fulfilled ||
                         request.status == RequestStatus::rejected;
    if (!decided)
      return;
    auto& known = newest[request.details.app_id.value];
    if (request.version > known.version)
      known = request;
  }
};

Reviews reviews_of(const FoldedStory& story, const AccountId& account, RequestKind kind) {
  const auto state = story.of(account);
  Reviews reviews;
  for (const auto& event : story.events) {
    if (event.envelope.account_id != account)
      continue;
    const RequestDetails* asked{};
    if (const auto* approval = event.known() ? std::get_if<PreApprovalRequested>(event.known()) : nullptr)
      asked = &approval->request;
    else if (const auto* install = event.known() ? std::get_if<InstallRequested>(event.known()) : nullptr)
      asked = &install->request;
    if (asked == nullptr)
      continue;
    const auto request = effective_request(state, asked->request_id).value();
    if (request.kind == kind)
      reviews.consider(request);
  }
  return reviews;
}

void check_reviews(const FoldedStory& story, const AccountId& account, RequestKind kind) {
  const auto reviews = reviews_of(story, account, kind);
  for (const auto& app : inbox_page(story.rows, story.of(account), kind, InboxPart::all, {}, 1000).items) {
    const auto expected = reviews.newest.find(app.app_id.value);
    RC_ASSERT(app.latest_review.has_value() == (expected != reviews.newest.end()));
    if (!app.latest_review)
      continue;
    RC_ASSERT(app.latest_review->by == expected->second.decided_by);
    RC_ASSERT(app.latest_review->at == expected->second.decided_at);
  }
}

RC_GTEST_PROP(Inbox, splits_the_apps_as_the_state_counts_their_requests_and_names_who_decided_last, ()) {
  const InboxProjection projection;
  const FoldedStory story(projection, *rc::gen::arbitrary<std::uint64_t>());
  const auto page_size = *rc::gen::inRange<std::size_t>(1, 5);
  for (const auto& account : story.world.story.accounts()) {
    const auto state = story.of(account);
    for (const auto kind : {RequestKind::pre_approval, RequestKind::install}) {
      RC_ASSERT(listed(story.rows, state, kind, InboxPart::active, page_size) == expected(story, state, kind, true));
      RC_ASSERT(listed(story.rows, state, kind, InboxPart::past, page_size) == expected(story, state, kind, false));
      check_reviews(story, account, kind);
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
  EXPECT_THAT(listed(history_.rows, history_.state(), RequestKind::pre_approval, InboxPart::all, 10),
              ElementsAre("one", "two"));
}

TEST_F(InboxByHand, an_event_that_settles_everything_takes_the_app_from_the_active_ones) {
  ask("one", "ann");
  ask("one", "bob");
  EXPECT_EQ(possibly_active(), 1U);
  history_.add(AllRequestsDeclined{AppId{"one"}, UserId{"admin"}, {}, 2, false, 0});
  EXPECT_EQ(possibly_active(), 0U);
  EXPECT_THAT(listed(history_.rows, history_.state(), RequestKind::pre_approval, InboxPart::active, 10), IsEmpty());
  EXPECT_THAT(listed(history_.rows, history_.state(), RequestKind::pre_approval, InboxPart::past, 10),
              ElementsAre("one"));
}

struct RowOfVersion1 {
  std::uint64_t latest_version{};
  std::uint64_t pending_max{};
};
BOOST_DESCRIBE_STRUCT(RowOfVersion1, (), (latest_version, pending_max))

TEST_F(InboxByHand, rows_of_version_1_serve_until_others_are_made) {
  ask("one", "ann");
  std::string key;
  history_.rows.scan("C", [&](std::string_view found, std::string_view) {
    key = found;
    return false;
  });
  history_.rows.put(key, pack(RowOfVersion1{1, 1}));
  const auto page = inbox_page(history_.rows, history_.state(), RequestKind::pre_approval, InboxPart::all, {}, 10);
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.items.front().app_id, AppId{"one"});
  EXPECT_EQ(page.items.front().latest_request_id, std::nullopt);
}

TEST_F(InboxByHand, the_kinds_do_not_meet) {
  ask("one", "ann");
  EXPECT_THAT(listed(history_.rows, history_.state(), RequestKind::install, InboxPart::all, 10), IsEmpty());
}

}  // namespace
}  // namespace gatehouse
