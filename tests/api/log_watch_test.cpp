#include "api/log_watch.hpp"

#include <gtest/gtest.h>

#include "events/frame.hpp"
#include "store/memory_event_log.hpp"
#include "tests/http/waiting.hpp"

namespace gatehouse::api {
namespace {

using Time = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

class LogWatchTest : public testing::Test {
 protected:
  void append() {
    ++version_;
    Envelope envelope;
    envelope.event_id = make_uuid_v7(static_cast<std::int64_t>(version_), {});
    envelope.command_id = envelope.event_id;
    envelope.account_id = AccountId("acme");
    envelope.account_version = version_;
    envelope.recorded_at = {static_cast<std::int64_t>(version_)};
    envelope.commit_count = 1;
    CommitDraft draft;
    draft.command_id = envelope.event_id;
    draft.expect = {{envelope.account_id, version_ - 1}};
    draft.events.push_back({envelope.account_id, draft_frame(envelope, UserInstallBlockChanged{true}, {})});
    ASSERT_EQ(log_.append({&draft, 1}).front().status, AppendStatus::appended);
  }

  LogWatch::Done note() {
    return [this](bool reached) { (reached ? reached_ : missed_)++; };
  }

  std::uint64_t version_ = 0;
  MemoryEventLog log_;
  std::atomic<int> reached_ = 0;
  std::atomic<int> missed_ = 0;
};

TEST_F(LogWatchTest, tells_when_the_position_is_reached) {
  LogWatch watch(log_);
  ASSERT_TRUE(watch.wait_for({2}, Time::now(), Time::now() + seconds(10), note()));
  append();
  std::this_thread::sleep_for(milliseconds(30));
  EXPECT_EQ(reached_ + missed_, 0);
  append();
  EXPECT_TRUE(http::eventually([&] { return reached_ == 1; }));
}

TEST_F(LogWatchTest, tells_at_once_what_is_reached_already) {
  append();
  LogWatch watch(log_);
  ASSERT_TRUE(watch.wait_for({1}, Time::now(), Time::now() + seconds(10), note()));
  EXPECT_TRUE(http::eventually([&] { return reached_ == 1; }));
}

TEST_F(LogWatchTest, lets_the_pause_pass_before_it_tells) {
  append();
  LogWatch watch(log_);
  const auto begin = Time::now();
  ASSERT_TRUE(watch.wait_for({1}, begin + milliseconds(80), begin + seconds(10), note()));
  EXPECT_TRUE(http::eventually([&] { return reached_ == 1; }));
  EXPECT_GE(Time::now() - begin, milliseconds(80));
}

TEST_F(LogWatchTest, tells_at_the_deadline_that_the_position_was_not_reached) {
  LogWatch watch(log_);
  ASSERT_TRUE(watch.wait_for({1}, Time::now(), Time::now() + milliseconds(20), note()));
  EXPECT_TRUE(http::eventually([&] { return missed_ == 1; }));
}

TEST_F(LogWatchTest, lets_who_has_hung_up_go_soon) {
  LogWatch watch(log_);
  const auto hung_up = std::make_shared<std::atomic<bool>>(false);
  ASSERT_TRUE(watch.wait_for({1}, Time::now(), Time::now() + seconds(60), note(), hung_up));
  std::this_thread::sleep_for(2 * LogWatch::hang_up_look);
  EXPECT_EQ(missed_, 0);
  *hung_up = true;
  EXPECT_TRUE(http::eventually([&] { return missed_ == 1; }));
}

TEST_F(LogWatchTest, lets_everybody_go_when_it_stops) {
  LogWatch watch(log_);
  for (int waiter = 0; waiter < 5; ++waiter)
    ASSERT_TRUE(watch.wait_for({1}, Time::now(), Time::now() + seconds(60), note()));
  watch.stop();
  EXPECT_EQ(missed_, 5);
  EXPECT_FALSE(watch.wait_for({1}, Time::now(), Time::now() + seconds(60), note()));
}

TEST_F(LogWatchTest, takes_no_more_waiters_than_it_may) {
  LogWatch watch(log_, 2);
  EXPECT_TRUE(watch.wait_for({1}, Time::now(), Time::now() + seconds(60), note()));
  EXPECT_TRUE(watch.wait_for({1}, Time::now(), Time::now() + seconds(60), note()));
  EXPECT_FALSE(watch.wait_for({1}, Time::now(), Time::now() + seconds(60), note()));
}

}  // namespace
}  // namespace gatehouse::api
