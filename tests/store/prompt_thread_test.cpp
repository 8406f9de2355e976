#include "store/prompt_thread.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "store/background_priority.hpp"

namespace gatehouse {
namespace {

// Of the calling thread, as the system has it.
int nice_value() { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid())); }

TEST(PromptThread, RunsTheWorkOfAThreadOfLowPriorityWithItsOwn) {
  PromptThread prompt;
  const int own = nice_value();
  int of_low_thread = 0, of_work = 0;
  at_low_priority([&] {
    of_low_thread = nice_value();
    prompt.run([&] { of_work = nice_value(); });
  });
  EXPECT_GT(of_low_thread, own);
  EXPECT_EQ(of_work, own);
  EXPECT_EQ(nice_value(), own);
}

TEST(PromptThread, LeavesOthersTheirWork) {
  PromptThread prompt;
  std::thread::id worker;
  prompt.run([&] { worker = std::this_thread::get_id(); });
  EXPECT_EQ(worker, std::this_thread::get_id());
}

TEST(PromptThread, RunsOneAfterTheOtherWhatManyHave) {
  PromptThread prompt;
  constexpr int threads_count = 4, works_count = 500;
  int sum = 0;  // guarded by nothing else
  std::vector<std::thread> threads;
  for (int number = 0; number < threads_count; ++number) {
    threads.emplace_back([&] {
      lower_own_priority();
      for (int work = 0; work < works_count; ++work)
        prompt.run([&] { ++sum; });
    });
  }
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(sum, threads_count * works_count);
}

TEST(PromptThread, PassesOnWhatIsThrown) {
  PromptThread prompt;
  EXPECT_THROW(at_low_priority([&] { prompt.run([] { throw std::runtime_error("no"); }); }), std::runtime_error);
  EXPECT_EQ(at_low_priority([] { return 7; }), 7);
}

}  // namespace
}  // namespace gatehouse
