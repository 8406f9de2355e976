#include "store/group_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/memory_event_log.hpp"
#include "tests/store/drafts.hpp"

namespace gatehouse::testing {
namespace {

void append_draft(CommitDraft draft) {
  MemoryEventLog log;
  ASSERT_EQ(append_one(log, DraftBuilder("acme", 0, 1).events(1).at(start_unix_ms)).status, AppendStatus::appended);
  static_cast<void>(log.append({&draft, 1}));
}

TEST(GroupPlanDeathTest, an_event_of_a_stream_without_expectation_is_a_bug) {
  auto draft = DraftBuilder("acme", 1, 2).events(1).build();
  draft.expect.front() = {AccountId("zeta"), 0};
  EXPECT_DEATH(append_draft(std::move(draft)), "expect");
}

TEST(GroupPlanDeathTest, an_event_that_counts_on_from_another_version_is_a_bug) {
  auto draft = DraftBuilder("acme", 4, 2).events(1).build();
  draft.expect.front().version = 1;
  EXPECT_DEATH(append_draft(std::move(draft)), "account_version");
}

TEST(GroupPlanDeathTest, an_event_of_another_stream_than_its_draft_says_is_a_bug) {
  auto draft = DraftBuilder("zeta", 0, 2).events(1).build();
  draft.expect = {{AccountId("acme"), 1}};
  draft.events.front().stream = AccountId("acme");
  EXPECT_DEATH(append_draft(std::move(draft)), "account_id");
}

TEST(GroupPlanDeathTest, time_that_goes_back_within_an_account_is_a_bug) {
  EXPECT_DEATH(append_draft(DraftBuilder("acme", 1, 2).events(1).at(start_unix_ms - 1).build()), "recorded_at");
}

TEST(GroupPlan, records_expire_after_the_retention_and_not_with_it) {
  const auto retention_ms = std::chrono::milliseconds(command_retention).count();
  EXPECT_FALSE(is_expired({1'000}, {1'000}));
  EXPECT_FALSE(is_expired({1'000}, {1'000 + retention_ms}));
  EXPECT_TRUE(is_expired({1'000}, {1'001 + retention_ms}));
  EXPECT_FALSE(is_expired({1'000}, {0}));
}

}  // namespace
}  // namespace gatehouse::testing
