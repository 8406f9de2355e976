#include "api/workers.hpp"

#include <atomic>
#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

TEST(Workers, run_every_job_before_they_end) {
  std::atomic<int> done = 0;
  {
    Workers workers(3);
    for (int job = 0; job < 1'000; ++job) workers.post([&] { ++done; });
  }
  EXPECT_EQ(done, 1'000);
}

TEST(Workers, run_jobs_in_order_with_one_thread) {
  std::vector<int> order;
  {
    Workers workers(1);
    for (int job = 0; job < 100; ++job) workers.post([&order, job] { order.push_back(job); });
  }
  ASSERT_EQ(order.size(), 100U);
  EXPECT_TRUE(std::ranges::is_sorted(order));
}

TEST(Workers, run_a_job_that_comes_too_late_on_the_posting_thread) {
  Workers workers(1);
  workers.stop();
  std::thread::id ran_on;
  workers.post([&] { ran_on = std::this_thread::get_id(); });
  EXPECT_EQ(ran_on, std::this_thread::get_id());
}

TEST(Workers, take_jobs_that_post_jobs) {
  std::atomic<int> done = 0;
  {
    Workers workers(2);
    workers.post([&] {
      for (int job = 0; job < 10; ++job) workers.post([&] { ++done; });
    });
  }
  EXPECT_EQ(done, 10);
}

}  // namespace
}  // namespace gatehouse::api
