#include "projections/audit.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "tests/projections/folded_story.hpp"

namespace gatehouse {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::FoldedStory;
using testing::HandmadeHistory;

std::vector<std::uint64_t> expected(const std::vector<RecordedEvent>& events, const AccountId& account, const AuditFilter& filter) {
  std::vector<std::uint64_t> versions;
  for (const auto& event : events) {
    if (event.envelope.account_id == account && matches(filter, event)) versions.push_back(event.envelope.account_version);
  }
  return versions;
}

std::vector<std::uint64_t> found(const TableReader& rows, const AccountId& account, const AuditFilter& filter, std::uint64_t to,
                                 std::size_t page_size) {
  std::vector<std::uint64_t> versions;
  for (std::uint64_t after = 0; after < to;) {
    const auto page = audit_page(rows, account, filter, after, to, page_size);
    EXPECT_GT(page.scanned_to, after);
    EXPECT_LE(page.versions.size(), page_size);
    versions.insert(versions.end(), page.versions.begin(), page.versions.end());
    after = page.scanned_to;
  }
  return versions;
}

template <class T>
std::optional<T> maybe(const std::vector<T>& values) {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  return *rc::gen::elementOf(values);
}

RC_GTEST_PROP(Audit, finds_what_a_look_at_every_event_finds, ()) {
  const AuditProjection projection;
  const FoldedStory story(projection, *rc::gen::arbitrary<std::uint64_t>());
  const auto account = *rc::gen::elementOf(story.world.story.accounts());
  AuditFilter filter{maybe<std::uint32_t>({300, 400, 500, 505, 101, 9'999}), maybe(story.world.story.apps()),
                     maybe<UserId>({UserId{"user-0"}, UserId{"user-1"}, UserId{"owner"}, UserId{"nobody"}}),
                     maybe<std::string>({"owner", "user-0", "console"})};
  RC_PRE(!filter.matches_all());
  const auto head = story.world.log.stream_head(account)->version;
  RC_ASSERT(found(story.rows, account, filter, head, *rc::gen::inRange<std::size_t>(1, 40)) ==
            expected(story.events, account, filter));
}

class AuditByHand : public ::testing::Test {
 protected:
  AuditProjection projection_;
  HandmadeHistory history_{projection_};
};

TEST_F(AuditByHand, keeps_within_the_versions_it_is_asked_for) {
  for (int count = 0; count < 600; ++count) history_.add(UserInstallBlockChanged{count % 2 == 0}, "acme", count % 3 == 0 ? "ann" : "bob");
  const AuditFilter by_ann{.actor_id = "ann"};
  EXPECT_THAT(audit_page(history_.rows, AccountId{"acme"}, by_ann, 254, 262, 100).versions, ElementsAre(256, 259, 262));
  EXPECT_THAT(audit_page(history_.rows, AccountId{"acme"}, by_ann, 599, 599, 100).versions, IsEmpty());
  const auto page = audit_page(history_.rows, AccountId{"acme"}, by_ann, 0, 600, 2);
  EXPECT_THAT(page.versions, ElementsAre(1, 4));
  EXPECT_EQ(page.scanned_to, 4U);
}

TEST_F(AuditByHand, costs_a_row_for_256_events_of_a_kind) {
  for (int count = 0; count < 255; ++count) history_.add(UserInstallBlockChanged{true});
  EXPECT_EQ(history_.rows.rows().size(), 2U);
  for (int count = 0; count < 256; ++count) history_.add(UserInstallBlockChanged{true});
  EXPECT_EQ(history_.rows.rows().size(), 4U);
}

TEST_F(AuditByHand, tells_accounts_apart) {
  history_.add(UserInstallBlockChanged{true}, "acme");
  EXPECT_THAT(audit_page(history_.rows, AccountId{"other"}, {.type = 201}, 0, 10, 10).versions,
              IsEmpty());
}

TEST_F(AuditByHand, does_not_take_the_same_event_twice) {
  history_.add(UserInstallBlockChanged{true});
  EXPECT_THROW(projection_.apply(history_.rows, history_.events.front()), BrokenRow);
}

TEST_F(AuditByHand, indexes_an_event_of_an_unknown_type_by_its_number_and_actor) {
  auto event = history_.add(UserInstallBlockChanged{true}).events.front();
  event.envelope.account_version = 2;
  event.type = 12'345;
  event.data = UnknownEvent{12'345, 1, {}, {}};
  projection_.apply(history_.rows, event);
  const AuditFilter filter{.type = 12'345, .actor_id = "admin"};
  EXPECT_THAT(audit_page(history_.rows, AccountId{"acme"}, filter, 0, 2, 10).versions, ElementsAre(2));
}

}  // namespace
}  // namespace gatehouse
