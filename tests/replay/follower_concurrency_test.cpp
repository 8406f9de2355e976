// Writers, readers that wait for what was written, and an operator who looks, all at once.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "replay/follower.hpp"
#include "tests/replay/running_follower.hpp"
#include "tests/replay/test_projections.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse {
namespace {

using namespace std::chrono_literals;

TEST(FollowerConcurrency, whoever_waits_for_a_position_then_finds_everything_up_to_it) {
  testing::World world(5, 0);
  const auto counting = std::make_shared<testing::CountingProjection>();
  testing::RunningFollower running(world.log, world.store, {counting}, {.events_per_write = 7});
  auto& follower = running.follower;
  ASSERT_EQ(testing::wait(follower, {"counting"}, world.log.head()), WaitOutcome::reached);
  std::atomic<bool> writing{true};
  std::atomic<int> wrong{}, reads{};

  std::vector<std::thread> readers;
  for (int reader = 0; reader < 4; ++reader) {
    readers.emplace_back([&] {
      const std::vector<std::string_view> names{"counting"};
      while (writing || reads < 200) {
        const auto head = world.log.head();
        std::promise<WaitOutcome> told;
        follower.wait_for(names, head, std::chrono::steady_clock::now() + 60s,
                          [&](WaitOutcome outcome) { told.set_value(outcome); });
        const bool reached = told.get_future().get() == WaitOutcome::reached;
        const auto rows = follower.rows("counting");
        if (!reached || rows->checkpoint() < head || testing::counted(*rows) != rows->checkpoint().value)
          ++wrong;
        ++reads;
      }
    });
  }
  std::thread operator_([&] {
    while (writing)
      (void)follower.status();
  });
  for (int round = 0; round < 40; ++round)
    world.story.go_on(10);
  writing = false;
  for (auto& reader : readers)
    reader.join();
  operator_.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GE(reads, 200);
}

TEST(FollowerConcurrency, waits_time_out_and_are_stopped_while_others_are_served) {
  testing::World world(6, 0);
  const auto counting = std::make_shared<testing::CountingProjection>();
  testing::RunningFollower running(world.log, world.store, {counting}, {});
  auto* follower = &running.follower;
  const std::vector<std::string_view> names{"counting"};
  std::atomic<int> reached{}, timed_out{}, stopped{};
  const auto count = [&](WaitOutcome outcome) {
    reached += outcome == WaitOutcome::reached;
    timed_out += outcome == WaitOutcome::timed_out;
    stopped += outcome == WaitOutcome::stopped;
  };
  const auto now = std::chrono::steady_clock::now();
  std::vector<std::thread> waiters;
  for (int waiter = 0; waiter < 3; ++waiter) {
    waiters.emplace_back([&] {
      for (int number = 0; number < 50; ++number) {
        follower->wait_for(names, world.log.head(), now + 60s, count);
        follower->wait_for(names, Position{1'000'000}, now + 50ms, count);
        follower->wait_for(names, Position{1'000'000}, now + 1h, count);
      }
    });
  }
  world.story.go_on(100);
  for (auto& waiter : waiters)
    waiter.join();
  while (timed_out < 150 || reached < 150)
    std::this_thread::sleep_for(1ms);
  running.stop();
  EXPECT_EQ(timed_out, 150);
  EXPECT_EQ(stopped + reached, 300);
  EXPECT_EQ(stopped, 150);
}

TEST(FollowerConcurrency, rows_go_neither_back_nor_away_while_they_are_rebuilt_and_rolled_back) {
  testing::World world(8, 50);
  testing::RunningFollower running(world.log, world.store, {std::make_shared<testing::CountingProjection>()},
                                   {.events_per_write = 5});
  auto& [follower, rebuilder] = running;
  ASSERT_EQ(testing::wait(follower, {"counting"}, world.log.head()), WaitOutcome::reached);
  std::atomic<bool> done{};
  std::atomic<int> wrong{};
  std::thread reader([&] {
    for (Position last; !done;) {
      const auto rows = follower.rows("counting");
      if (rows->checkpoint() < last || testing::counted(*rows) != rows->checkpoint().value)
        ++wrong;
      last = rows->checkpoint();
      (void)rebuilder.statuses();
      rebuilder.governor().command_answered(std::chrono::microseconds(50));
    }
  });
  for (int round = 0; round < 5; ++round) {
    while (!rebuilder.begin({"counting"}, true))
      std::this_thread::yield();  // the one before
    world.story.go_on(20);
    while (testing::status_of(rebuilder, "counting").rebuild)
      std::this_thread::yield();
    std::promise<bool> rolled_back;
    ASSERT_TRUE(
        rebuilder.roll_back("counting", [&](const auto& outcome) { rolled_back.set_value(outcome.has_value()); }));
    world.story.go_on(20);
    EXPECT_TRUE(rolled_back.get_future().get());
  }
  done = true;
  reader.join();
  EXPECT_EQ(wrong, 0);
}

TEST(FollowerConcurrency, rows_are_there_all_the_time_while_a_new_version_takes_over) {
  testing::World world(7, 50);
  {
    testing::RunningFollower running(world.log, world.store, {std::make_shared<testing::CountingProjection>()}, {});
    ASSERT_EQ(testing::wait(running.follower, {"counting"}, world.log.head()), WaitOutcome::reached);
  }
  testing::RunningFollower running(
      world.log, world.store, {std::make_shared<testing::CountingProjection>("counting", 2)}, {.events_per_write = 3});
  auto& follower = running.follower;
  std::atomic<bool> done{};
  std::atomic<int> missing{};
  std::thread reader([&] {
    while (!done) {
      const auto rows = follower.rows("counting");
      if (!rows || testing::counted(*rows) != rows->checkpoint().value)
        ++missing;
    }
  });
  for (int round = 0; round < 30; ++round)
    world.story.go_on(5);
  const std::vector<std::string_view> names{"counting"};
  std::promise<WaitOutcome> told;
  follower.wait_for(names, world.log.head(), std::chrono::steady_clock::now() + 60s,
                    [&](WaitOutcome outcome) { told.set_value(outcome); });
  EXPECT_EQ(told.get_future().get(), WaitOutcome::reached);
  done = true;
  reader.join();
  EXPECT_EQ(missing, 0);
}

}  // namespace
}  // namespace gatehouse
