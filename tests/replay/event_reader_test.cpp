#include "replay/event_reader.hpp"

#include <gtest/gtest.h>

#include "tests/replay/world.hpp"

namespace gatehouse {
namespace {

// Shows a log with one damaged frame.
class DamagedLog final : public EventLog {
 public:
  DamagedLog(EventLog& log, Position damaged) : log_(log), damaged_(damaged) {}
  std::vector<AppendResult> append(std::span<CommitDraft> group) override { return log_.append(group); }
  [[nodiscard]] std::optional<CommandRecord> find_command(const Uuid& id) const override {
    return log_.find_command(id);
  }
  [[nodiscard]] EventPage read(Position after, std::size_t events_max) const override {
    auto page = log_.read(after, events_max);
    for (auto& event : page.events) {
      if (event.position == damaged_)
        event.frame[60] ^= 1;
    }
    return page;
  }
  [[nodiscard]] EventPage read_stream(const AccountId& stream, std::uint64_t after, std::size_t max) const override {
    return log_.read_stream(stream, after, max);
  }
  [[nodiscard]] std::optional<StoredEvent> read_at(Position position) const override { return log_.read_at(position); }
  [[nodiscard]] Position head() const override { return log_.head(); }
  [[nodiscard]] std::shared_ptr<const StateSnapshot> state() const override { return log_.state(); }
  [[nodiscard]] std::string read_only_reason() const override { return log_.read_only_reason(); }
  [[nodiscard]] std::unique_ptr<Listener> on_append(std::function<void(Position)> notify) override {
    return log_.on_append(std::move(notify));
  }
  void seen(Position position) override { log_.seen(position); }

 private:
  EventLog& log_;
  Position damaged_;
};

TEST(EventReader, hands_out_what_stands_before_a_damaged_event_and_then_says_what_is_wrong) {
  testing::World world(1, 0);
  DamagedLog damaged(world.log, Position{7});
  const auto before = read_events(damaged, Position{3}, 100);
  ASSERT_TRUE(before.has_value());
  EXPECT_EQ(before->events.size(), 3U);
  EXPECT_EQ(before->next, Position{6});
  EXPECT_FALSE(before->at_end);
  const auto at = read_events(damaged, before->next, 100);
  ASSERT_FALSE(at.has_value());
  EXPECT_EQ(at.error().position, Position{7});
  EXPECT_EQ(failure_of(at.error()).reason, to_text(FrameError::bad_checksum));
}

TEST(EventReader, reads_the_same_into_a_batch_that_is_not_needed_any_more) {
  testing::World world(1, 20);
  auto former = read_events(world.log, {}, 30);
  ASSERT_TRUE(former.has_value());
  for (const auto after : {Position{5}, Position{2}, world.log.head()}) {
    const auto fresh = read_events(world.log, after, 12);
    auto again = read_events(world.log, after, 12, std::move(*former));
    ASSERT_TRUE(fresh && again);
    ASSERT_EQ(again->events.size(), fresh->events.size());
    for (std::size_t index = 0; index < fresh->events.size(); ++index) {
      EXPECT_EQ(again->events[index].envelope.event_id, fresh->events[index].envelope.event_id);
      EXPECT_EQ(again->events[index].type, fresh->events[index].type);
    }
    EXPECT_EQ(again->next, fresh->next);
    EXPECT_EQ(again->at_end, fresh->at_end);
    former = std::move(again);
  }
}

TEST(EventReader, reads_a_log_to_its_end) {
  testing::World world(1, 20);
  EXPECT_EQ(testing::all_events(world.log).size(), world.log.head().value);
  const auto none = read_events(world.log, world.log.head(), 10);
  EXPECT_TRUE(none->events.empty() && none->at_end);
}

}  // namespace
}  // namespace gatehouse
