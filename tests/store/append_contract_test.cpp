#include "tests/store/event_log_contract.hpp"

#include "events/frame.hpp"

#include <algorithm>

namespace gatehouse::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using AppendContract = EventLogContract;
INSTANTIATE_TEST_SUITE_P(Backends, AppendContract, ::testing::ValuesIn(all_backends()), backend_name);

std::vector<AppendStatus> statuses(const std::vector<AppendResult>& results) {
  std::vector<AppendStatus> found;
  for (const auto& result : results)
    found.push_back(result.status);
  return found;
}

TEST_P(AppendContract, a_new_log_is_empty) {
  EXPECT_EQ(log_->head(), Position{});
  EXPECT_TRUE(log_->read({}, 10).events.empty());
  EXPECT_TRUE(log_->read({}, 10).at_end);
  EXPECT_EQ(log_->stream_head(AccountId("acme")), std::nullopt);
  EXPECT_EQ(log_->state()->head(), Position{});
  EXPECT_EQ(log_->read_only_reason(), "");
}

TEST_P(AppendContract, positions_and_versions_have_no_gaps) {
  EXPECT_EQ(append_one(*log_, DraftBuilder("acme", 0, 1).events(3)).first, Position{1});
  EXPECT_EQ(append_one(*log_, DraftBuilder("zeta", 0, 2).events(1)).first, Position{4});
  EXPECT_EQ(append_one(*log_, DraftBuilder("acme", 3, 3).events(2)).first, Position{5});
  EXPECT_EQ(log_->head(), Position{6});
  EXPECT_THAT(texts_of(log_->read({}, 10)), ElementsAre("acme-1", "acme-2", "acme-3", "zeta-1", "acme-4", "acme-5"));
  EXPECT_THAT(texts_of(log_->read_stream(AccountId("acme"), 0, 10)),
              ElementsAre("acme-1", "acme-2", "acme-3", "acme-4", "acme-5"));
  const auto head = log_->stream_head(AccountId("acme"));
  ASSERT_TRUE(head);
  EXPECT_EQ(head->version, 5U);
  EXPECT_EQ(head->position, Position{6});
  EXPECT_EQ(head->recorded_at.unix_ms, start_unix_ms);
}

TEST_P(AppendContract, a_snapshot_keeps_the_stream_heads_of_its_moment) {
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 0, 1).events(1)).status, AppendStatus::appended);
  const auto before = log_->state();
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 1, 2).events(2)).status, AppendStatus::appended);
  ASSERT_EQ(append_one(*log_, DraftBuilder("zeta", 0, 3).events(1)).status, AppendStatus::appended);
  EXPECT_EQ(before->stream_head(AccountId("acme"))->version, 1U);
  EXPECT_EQ(before->stream_head(AccountId("zeta")), std::nullopt);
  EXPECT_EQ(log_->state()->stream_head(AccountId("acme"))->version, 3U);
}

TEST_P(AppendContract, a_failed_expectation_writes_nothing_and_tells_the_real_versions) {
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 0, 1).events(2)).status, AppendStatus::appended);
  const auto result = append_one(*log_, DraftBuilder("acme", 1, 2).expect("zeta", 0).events(1).row("k", "v").record(1));
  EXPECT_EQ(result.status, AppendStatus::conflict);
  EXPECT_THAT(result.actual, ElementsAre(StreamVersion{AccountId("acme"), 2}, StreamVersion{AccountId("zeta"), 0}));
  EXPECT_EQ(log_->head(), Position{2});
  EXPECT_EQ(log_->state()->get("k"), std::nullopt);
  EXPECT_EQ(log_->find_command(numbered_uuid(2)), std::nullopt);
}

TEST_P(AppendContract, version_zero_means_that_the_stream_must_not_exist) {
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 0, 1).events(1)).status, AppendStatus::appended);
  EXPECT_EQ(append_one(*log_, DraftBuilder("acme", 0, 2).events(1)).status, AppendStatus::conflict);
  EXPECT_EQ(append_one(*log_, DraftBuilder("zeta", 1, 3).events(1)).status, AppendStatus::conflict);
}

TEST_P(AppendContract, an_expectation_may_name_a_stream_that_gets_no_event) {
  ASSERT_EQ(append_one(*log_, DraftBuilder("catalogue", 0, 1).events(1)).status, AppendStatus::appended);
  EXPECT_EQ(append_one(*log_, DraftBuilder("acme", 0, 2).expect("catalogue", 0).events(1)).status,
            AppendStatus::conflict);
  EXPECT_EQ(append_one(*log_, DraftBuilder("acme", 0, 3).expect("catalogue", 1).events(1)).status,
            AppendStatus::appended);
}

TEST_P(AppendContract, a_repeated_command_is_answered_with_its_first_record) {
  const auto first = append_one(*log_, DraftBuilder("acme", 0, 7).events(2).record(1, "done"));
  ASSERT_EQ(first.status, AppendStatus::appended);
  // A retry was decided again, on the versions of now.
  const auto again = append_one(*log_, DraftBuilder("acme", 2, 7).events(2).row("k", "v").record(1, "other"));
  EXPECT_EQ(again.status, AppendStatus::duplicate);
  ASSERT_TRUE(again.record);
  EXPECT_EQ(again.record->first, Position{1});
  EXPECT_EQ(again.record->event_count, 2U);
  EXPECT_EQ(again.record->result, "done");
  EXPECT_EQ(log_->head(), Position{2});
  EXPECT_EQ(log_->state()->get("k"), std::nullopt);
}

TEST_P(AppendContract, a_command_id_with_another_request_is_misuse) {
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 0, 7).events(1).record(1)).status, AppendStatus::appended);
  EXPECT_EQ(append_one(*log_, DraftBuilder("acme", 1, 7).events(1).record(2)).status, AppendStatus::misuse);
  EXPECT_EQ(log_->head(), Position{1});
}

TEST_P(AppendContract, a_command_without_a_record_is_not_remembered) {
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 0, 7).events(1)).status, AppendStatus::appended);
  EXPECT_EQ(log_->find_command(numbered_uuid(7)), std::nullopt);
  EXPECT_EQ(append_one(*log_, DraftBuilder("acme", 1, 7).events(1)).status, AppendStatus::appended);
}

TEST_P(AppendContract, a_draft_without_events_keeps_its_record_and_rows) {
  const auto result = append_one(*log_, DraftBuilder("acme", 0, 7).record(1, "nothing to do").row("k", "v"));
  EXPECT_EQ(result.status, AppendStatus::appended);
  EXPECT_EQ(result.first, Position{});
  EXPECT_EQ(log_->head(), Position{});
  const auto record = log_->find_command(numbered_uuid(7));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->result, "nothing to do");
  EXPECT_EQ(record->first, Position{});
  EXPECT_EQ(record->event_count, 0U);
  EXPECT_EQ(log_->state()->get("k"), "v");
  EXPECT_EQ(append_one(*log_, DraftBuilder("acme", 0, 7).record(1)).status, AppendStatus::duplicate);
}

TEST_P(AppendContract, a_draft_without_events_is_remembered_with_the_position_it_was_answered_at) {
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 0).event("a").event("b")).status, AppendStatus::appended);
  EXPECT_EQ(append_one(*log_, DraftBuilder("acme", 2, 7).record(1)).first, Position{2});
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 2).event("c")).status, AppendStatus::appended);
  EXPECT_EQ(log_->find_command(numbered_uuid(7)).value().first, Position{2});
}

TEST_P(AppendContract, a_group_sees_its_earlier_drafts) {
  std::vector<CommitDraft> group{
      DraftBuilder("acme", 0, 1).events(2).row("k", "1").build(),
      DraftBuilder("acme", 2, 2).events(1).row("k", "2").build(),
      DraftBuilder("zeta", 0, 3).events(1).without_row("k").build(),
  };
  const auto results = log_->append(group);
  EXPECT_THAT(statuses(results), ElementsAre(AppendStatus::appended, AppendStatus::appended, AppendStatus::appended));
  EXPECT_EQ(results[1].first, Position{3});
  EXPECT_EQ(results[2].first, Position{4});
  EXPECT_EQ(log_->state()->get("k"), std::nullopt);
  EXPECT_EQ(log_->state()->head(), Position{4});
}

TEST_P(AppendContract, a_failing_draft_in_the_middle_leaves_the_others_alone) {
  std::vector<CommitDraft> group{
      DraftBuilder("acme", 0, 1).events(1).record(1).build(),
      DraftBuilder("acme", 0, 2).events(3).row("k", "v").build(),
      DraftBuilder("acme", 1, 3).events(1).build(),
      DraftBuilder("acme", 2, 1).events(1).record(1).build(),
      DraftBuilder("acme", 2, 1).events(1).record(9).build(),
      DraftBuilder("acme", 2, 4).events(1).build(),
  };
  const auto results = log_->append(group);
  EXPECT_THAT(statuses(results), ElementsAre(AppendStatus::appended, AppendStatus::conflict, AppendStatus::appended,
                                             AppendStatus::duplicate, AppendStatus::misuse, AppendStatus::appended));
  EXPECT_THAT(results[1].actual, ElementsAre(StreamVersion{AccountId("acme"), 1}));
  EXPECT_EQ(results[3].first, Position{1});
  EXPECT_EQ(results[5].first, Position{3});
  EXPECT_THAT(texts_of(log_->read({}, 10)), ElementsAre("acme-1", "acme-2", "acme-3"));
  EXPECT_EQ(log_->state()->get("k"), std::nullopt);
}

TEST_P(AppendContract, the_events_of_a_commit_stand_together) {
  std::vector<CommitDraft> group{DraftBuilder("acme", 0, 1).events(2).build(),
                                 DraftBuilder("zeta", 0, 2).events(3).build()};
  static_cast<void>(log_->append(group));
  for (const auto& event : log_->read({}, 10).events) {
    const auto envelope = parse_frame(event.frame)->envelope;
    const bool is_first_commit = event.position.value <= 2;
    EXPECT_EQ(envelope.commit_first, Position{is_first_commit ? 1U : 3U});
    EXPECT_EQ(envelope.commit_count, is_first_commit ? 2 : 3);
    EXPECT_EQ(envelope.commit_index, event.position.value - envelope.commit_first.value);
  }
}

TEST_P(AppendContract, records_are_forgotten_by_the_log_s_own_time) {
  const auto retention_ms = std::chrono::milliseconds(command_retention).count();
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 0, 7).events(1).record(1)).status, AppendStatus::appended);
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 1, 8).events(1).at(start_unix_ms + retention_ms)).status,
            AppendStatus::appended);
  EXPECT_TRUE(log_->find_command(numbered_uuid(7)));
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 2, 9).events(1).at(start_unix_ms + retention_ms + 1)).status,
            AppendStatus::appended);
  EXPECT_FALSE(log_->find_command(numbered_uuid(7)));
  EXPECT_EQ(
      append_one(*log_, DraftBuilder("acme", 3, 7).events(1).record(2).at(start_unix_ms + retention_ms + 2)).status,
      AppendStatus::appended);
}

TEST_P(AppendContract, a_record_of_after_a_clock_was_set_back_is_not_old_from_the_start) {
  const auto retention_ms = std::chrono::milliseconds(command_retention).count();
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 0, 1).events(1).at(start_unix_ms + 2 * retention_ms)).status,
            AppendStatus::appended);
  ASSERT_EQ(append_one(*log_, DraftBuilder("zeta", 0, 7).events(1).record(1)).status, AppendStatus::appended);
  EXPECT_TRUE(log_->find_command(numbered_uuid(7)));
}

TEST_P(AppendContract, a_log_behind_what_was_seen_appends_nothing) {
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 0, 1).events(2)).status, AppendStatus::appended);
  log_->seen({2});
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 2, 2).events(1)).status, AppendStatus::appended);
  log_->seen({4});
  log_->seen({1});
  EXPECT_EQ(append_one(*log_, DraftBuilder("acme", 3, 3).events(1)).status, AppendStatus::regressed);
  EXPECT_EQ(log_->read_only_reason(), regressed_reason);
  EXPECT_EQ(log_->head(), Position{3});
}

TEST_P(AppendContract, an_empty_group_is_nothing) {
  EXPECT_THAT(log_->append({}), IsEmpty());
  EXPECT_EQ(log_->head(), Position{});
}

}  // namespace
}  // namespace gatehouse::testing
