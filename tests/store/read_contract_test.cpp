#include "events/frame.hpp"
#include "tests/store/event_log_contract.hpp"

namespace gatehouse::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using ReadContract = EventLogContract;
INSTANTIATE_TEST_SUITE_P(Backends, ReadContract, ::testing::ValuesIn(all_backends()), backend_name);

TEST_P(ReadContract, pages_follow_each_other_without_gap_or_overlap) {
  append_until(*log_, 25);
  std::vector<Position> seen;
  Position after;
  for (bool more = true; more;) {
    const auto page = log_->read(after, 10);
    EXPECT_LE(page.events.size(), 10U);
    for (const auto& event : page.events)
      seen.push_back(event.position);
    more = !page.at_end;
    after = page.next;
  }
  ASSERT_THAT(seen, SizeIs(25));
  for (std::size_t index = 0; index < seen.size(); ++index)
    EXPECT_EQ(seen[index], Position{index + 1});
  EXPECT_EQ(after, Position{25});
}

TEST_P(ReadContract, a_page_that_ends_with_the_log_says_so) {
  append_until(*log_, 10);
  EXPECT_TRUE(log_->read({}, 10).at_end);
  EXPECT_FALSE(log_->read({}, 9).at_end);
  const auto behind = log_->read({10}, 5);
  EXPECT_TRUE(behind.at_end);
  EXPECT_THAT(behind.events, IsEmpty());
  EXPECT_EQ(behind.next, Position{10});
}

TEST_P(ReadContract, a_page_has_at_least_one_event) {
  append_until(*log_, 3);
  EXPECT_THAT(log_->read({}, 0).events, SizeIs(1));
}

TEST_P(ReadContract, a_page_is_bounded_in_bytes) {
  const std::string long_text(4'000, 'x');
  std::uint64_t version = 0;
  for (std::size_t group = 0; group < 24; ++group) {
    DraftBuilder draft("acme", version, group + 1);
    for (std::size_t index = 0; index < 100; ++index)
      draft.event(long_text);
    ASSERT_EQ(append_one(*log_, draft).status, AppendStatus::appended);
    version += 100;
  }
  const auto page = log_->read({}, page_events_max);
  EXPECT_FALSE(page.at_end);
  EXPECT_GE(page.events.size() * long_text.size(), page_bytes_max * 9 / 10);
  EXPECT_LE(page.events.size() * long_text.size(), page_bytes_max);
}

TEST_P(ReadContract, a_stream_is_read_by_its_versions) {
  append_until(*log_, 9);
  const auto page = log_->read_stream(AccountId("even"), 1, 2);
  EXPECT_THAT(texts_of(page), ElementsAre("even-2", "even-3"));
  EXPECT_FALSE(page.at_end);
  EXPECT_EQ(page.events[0].position, Position{3});
  const auto rest = log_->read_stream(AccountId("even"), 3, 10);
  EXPECT_THAT(texts_of(rest), ElementsAre("even-4", "even-5"));
  EXPECT_TRUE(rest.at_end);
  EXPECT_THAT(log_->read_stream(AccountId("even"), 5, 10).events, IsEmpty());
  EXPECT_THAT(log_->read_stream(AccountId("nobody"), 0, 10).events, IsEmpty());
}

TEST_P(ReadContract, a_stream_is_not_mixed_up_with_one_whose_name_begins_alike) {
  ASSERT_EQ(append_one(*log_, DraftBuilder("a", 0, 1).events(1)).status, AppendStatus::appended);
  ASSERT_EQ(append_one(*log_, DraftBuilder("ab", 0, 2).events(1)).status, AppendStatus::appended);
  EXPECT_THAT(texts_of(log_->read_stream(AccountId("a"), 0, 10)), ElementsAre("a-1"));
  EXPECT_THAT(texts_of(log_->read_stream(AccountId("ab"), 0, 10)), ElementsAre("ab-1"));
}

TEST_P(ReadContract, one_event_is_read_by_its_position) {
  append_until(*log_, 3);
  const auto event = log_->read_at({2});
  ASSERT_TRUE(event);
  EXPECT_EQ(text_of(*event), "odd-1");
  EXPECT_EQ(event->frame, log_->read({1}, 1).events.front().frame);
  EXPECT_FALSE(log_->read_at({0}));
  EXPECT_FALSE(log_->read_at({4}));
}

TEST_P(ReadContract, a_frame_is_read_as_it_was_sealed) {
  append_until(*log_, 1);
  const auto frame = parse_frame(log_->read({}, 1).events.front().frame);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->envelope.position, Position{1});
  EXPECT_EQ(frame->envelope.account_id, AccountId("even"));
}

TEST_P(ReadContract, a_snapshot_stays_as_it_was) {
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 0, 1).events(1).row("a", "1").row("b", "1")).status,
            AppendStatus::appended);
  const auto before = log_->state();
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 1, 2).events(1).row("a", "2").without_row("b").row("c", "2")).status,
            AppendStatus::appended);
  const auto after = log_->state();
  EXPECT_EQ(before->head(), Position{1});
  EXPECT_EQ(before->get("a"), "1");
  EXPECT_EQ(before->get("b"), "1");
  EXPECT_EQ(before->get("c"), std::nullopt);
  EXPECT_EQ(after->head(), Position{2});
  EXPECT_EQ(after->get("a"), "2");
  EXPECT_EQ(after->get("b"), std::nullopt);
  EXPECT_EQ(after->get("c"), "2");
}

TEST_P(ReadContract, a_snapshot_is_scanned_by_prefix_in_key_order) {
  DraftBuilder draft("acme", 0, 1);
  draft.events(1).row("b", "0").row("ca", "1").row("cb", "2").row("cc", "3").row("d", "4").row("c\xff", "5");
  ASSERT_EQ(append_one(*log_, draft).status, AppendStatus::appended);
  const auto keys = [&](std::string_view prefix, std::string_view from, std::size_t rows_max = 100) {
    std::vector<std::string> found;
    log_->state()->scan(prefix, from, [&](std::string_view key, std::string_view) {
      found.emplace_back(key);
      return found.size() < rows_max;
    });
    return found;
  };
  EXPECT_THAT(keys("c", ""), ElementsAre("ca", "cb", "cc", "c\xff"));
  EXPECT_THAT(keys("c", "cb"), ElementsAre("cb", "cc", "c\xff"));
  EXPECT_THAT(keys("c", "", 2), ElementsAre("ca", "cb"));
  EXPECT_THAT(keys("", ""), ElementsAre("b", "ca", "cb", "cc", "c\xff", "d"));
  EXPECT_THAT(keys("x", ""), IsEmpty());
}

TEST_P(ReadContract, a_snapshot_outlives_the_log) {
  auto log = GetParam().make();
  ASSERT_EQ(append_one(*log, DraftBuilder("acme", 0, 1).events(1).row("a", "1")).status, AppendStatus::appended);
  const auto state = log->state();
  log.reset();
  EXPECT_EQ(state->get("a"), "1");
}

TEST_P(ReadContract, listeners_hear_of_every_group_that_became_durable) {
  std::vector<Position> heard;
  auto listener = log_->on_append([&](Position head) {
    EXPECT_EQ(log_->head(), head);
    heard.push_back(head);
  });
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 0, 1).events(2)).status, AppendStatus::appended);
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 0, 2).events(2)).status, AppendStatus::conflict);
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 2, 3).events(1)).status, AppendStatus::appended);
  listener.reset();
  ASSERT_EQ(append_one(*log_, DraftBuilder("acme", 3, 4).events(1)).status, AppendStatus::appended);
  EXPECT_THAT(heard, ElementsAre(Position{2}, Position{3}));
}

}  // namespace
}  // namespace gatehouse::testing
