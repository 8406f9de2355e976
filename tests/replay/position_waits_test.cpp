#include "replay/position_waits.hpp"

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

using namespace std::chrono_literals;

class Waits : public ::testing::Test {
 protected:
  bool add(std::chrono::milliseconds after) {
    return waits_.add([this] { return outcome_; }, begin_ + after, [this](WaitOutcome outcome) { told_.push_back(outcome); });
  }
  PositionWaits waits_;
  PositionWaits::Time begin_ = std::chrono::steady_clock::now();
  std::optional<WaitOutcome> outcome_;
  std::vector<WaitOutcome> told_;
};

TEST_F(Waits, are_over_at_once_when_there_is_nothing_to_wait_for) {
  outcome_ = WaitOutcome::reached;
  add(1s);
  EXPECT_EQ(told_, std::vector{WaitOutcome::reached});
}

TEST_F(Waits, are_told_once) {
  add(1s);
  waits_.check(begin_);
  EXPECT_TRUE(told_.empty());
  outcome_ = WaitOutcome::reached;
  waits_.check(begin_);
  waits_.check(begin_ + 2s);
  EXPECT_EQ(told_, std::vector{WaitOutcome::reached});
}

TEST_F(Waits, end_when_their_time_is_over) {
  add(10ms);
  waits_.check(begin_ + 9ms);
  EXPECT_TRUE(told_.empty());
  waits_.check(begin_ + 10ms);
  EXPECT_EQ(told_, std::vector{WaitOutcome::timed_out});
  EXPECT_EQ(waits_.next_deadline(), std::nullopt);
}

TEST_F(Waits, say_whose_time_is_over_first) {
  EXPECT_TRUE(add(50ms));
  EXPECT_FALSE(add(60ms));
  EXPECT_TRUE(add(40ms));
  EXPECT_EQ(waits_.next_deadline(), begin_ + 40ms);
}

TEST_F(Waits, all_end_when_the_follower_stops_and_later_ones_with_them) {
  add(1s);
  waits_.stop();
  add(1s);
  EXPECT_EQ(told_, (std::vector{WaitOutcome::stopped, WaitOutcome::stopped}));
}

TEST_F(Waits, beyond_the_limit_the_next_one_is_turned_away) {
  for (std::size_t count = 0; count < PositionWaits::waits_max; ++count) waits_.add([] { return std::nullopt; }, begin_ + 1h, [](WaitOutcome) {});
  add(1s);
  EXPECT_EQ(told_, std::vector{WaitOutcome::timed_out});
}

}  // namespace
}  // namespace gatehouse
