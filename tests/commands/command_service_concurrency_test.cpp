// Many submitters at once: every answer is true, no event is lost or doubled, and twins are written once.
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <future>
#include <set>
#include <thread>

#include "commands/command_service.hpp"
#include "events/frame.hpp"
#include "tests/commands/pipeline.hpp"

namespace gatehouse {
namespace {

using namespace test;

constexpr int submitters = 8;
constexpr int commands_each = 200;

gatehouse::Outcome send(CommandService& service, Submission submission) {
  std::promise<gatehouse::Outcome> promise;
  auto outcome = promise.get_future();
  service.submit(std::move(submission), [&promise](gatehouse::Outcome done) { promise.set_value(std::move(done)); });
  return outcome.get();
}

template <class Work>
void at_once(Work work) {
  std::barrier start(submitters);
  std::vector<std::thread> threads;
  for (int number = 0; number < submitters; ++number) {
    threads.emplace_back([&, number] {
      start.arrive_and_wait();
      work(number);
    });
  }
  for (auto& thread : threads) thread.join();
}

class ManySubmitters : public ::testing::Test {
 protected:
  ManySubmitters() {
    service_.run_group({opening()});
    service_.start();
  }

  MemoryEventLog log_;
  SystemIds ids_;
  PlainTokens tokens_;
  CommandService service_{log_, ids_, tokens_, [] { return Timestamp{1'700'000'000'000}; }};
};

TEST_F(ManySubmitters, GetAGapFreeOrderAndAnswersThatAreInTheLog) {
  std::mutex mutex;
  std::set<std::uint64_t> positions;
  at_once([&](int number) {
    for (int index = 0; index < commands_each; ++index) {
      const auto user = "user-" + std::to_string(number) + "-" + std::to_string(index);
      const auto outcome = send(service_, submission_of(directory_service(), {AddMember{UserId{user}, user + "@acme.example", {}, {}, {}}}));
      const auto position = committed(outcome).position;
      const auto stored = decode_frame(log_.read_at(position)->frame);
      EXPECT_EQ(std::get<MemberAdded>(*stored->known()).user_id, UserId{user});
      const std::lock_guard lock(mutex);
      EXPECT_TRUE(positions.insert(position.value).second);
    }
  });
  EXPECT_EQ(log_.head().value, 2U + submitters * commands_each);
  EXPECT_EQ(State(*log_.state(), AccountId{"acme"}).account()->active_members, 1U + submitters * commands_each);
}

TEST_F(ManySubmitters, OfTheSameRequestWriteItOnce) {
  std::atomic<int> firsts{0};
  at_once([&](int) {
    for (std::uint8_t key = 1; key <= 50; ++key) {
      const auto user = "user" + std::to_string(key);
      const auto request = keyed(submission_of(directory_service(), {AddMember{UserId{user}, user + "@acme.example", {}, {}, {}}}), key);
      firsts += committed(send(service_, request)).replayed ? 0 : 1;
    }
  });
  EXPECT_EQ(firsts.load(), 50);
  EXPECT_EQ(log_.head().value, 52U);
}

TEST_F(ManySubmitters, AreAllAnsweredWhenTheServiceStops) {
  std::atomic<int> answered{0};
  std::atomic<int> written{0};
  std::thread stopper([this] { service_.stop(); });
  at_once([&](int number) {
    for (int index = 0; index < commands_each; ++index) {
      const auto user = "user-" + std::to_string(number) + "-" + std::to_string(index);
      const auto outcome = send(service_, submission_of(directory_service(), {AddMember{UserId{user}, user + "@acme.example", {}, {}, {}}}));
      written += std::holds_alternative<Committed>(outcome) ? 1 : 0;
      ++answered;
    }
  });
  stopper.join();
  EXPECT_EQ(answered.load(), submitters * commands_each);
  EXPECT_EQ(log_.head().value, 2U + static_cast<std::uint64_t>(written.load()));
}

}  // namespace
}  // namespace gatehouse
