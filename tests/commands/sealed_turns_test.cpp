// Two groups at once, of which the second seals texts of persons whose keys are not recorded yet.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <semaphore>
#include <thread>

#include "commands/command_service.hpp"
#include "tests/commands/pipeline.hpp"

namespace gatehouse {
namespace {

using namespace test;
using gatehouse::Outcome;

// Keys that are written only when they are let go.
class HeldKeys final : public SubjectKeys {
 public:
  Standing find(const SubjectName& name, SubjectKey& key) const override { return keys_->find(name, key); }
  void add(const NewKeys& keys) override {
    begun.release();
    released.acquire();
    keys_->add(keys);
  }
  using SubjectKeys::destroy;
  Digests destroy(std::span<const SubjectName> names) override { return keys_->destroy(names); }

  std::counting_semaphore<> begun{0};
  std::counting_semaphore<> released{0};

 private:
  std::unique_ptr<SubjectKeys> keys_ = make_memory_subject_keys();
};

TEST(SealedTurns, TheSecondSealsWithTheKeysOfTheFirst) {
  MemoryEventLog log;
  SeededIds ids{1};
  PlainTokens tokens;
  HeldKeys keys;
  keys.released.release(1);  // for the owner's
  std::atomic<int> decided{0};
  const auto clock = [&decided] { return Timestamp{1'700'000'000'000 + ++decided}; };
  CommandService service(log, ids, tokens, clock, {.keys = &keys});
  service.run_group({opening()});
  keys.begun.acquire();
  service.start();
  std::promise<Outcome> first, second;
  service.submit(submission_of(directory_service(), {AddMember{UserId{"ann"}, "ann@acme.example", {}, {}, {}}}),
                 [&](Outcome outcome) { first.set_value(std::move(outcome)); });
  keys.begun.acquire();
  const int before = decided;
  ChangeMember change;
  change.user_id = UserId{"ann"};
  change.name = "Ann Miller";
  service.submit(submission_of(directory_service(), {change}),
                 [&](Outcome outcome) { second.set_value(std::move(outcome)); });
  while (decided == before)
    std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds{20});  // it asks for the time first
  keys.released.release(10);
  EXPECT_EQ(committed(first.get_future().get()).events.size(), 1U);
  EXPECT_EQ(committed(second.get_future().get()).events.size(), 1U);
  service.stop();
  const State state(*log.state(), AccountId{"acme"}, &keys);
  const auto member = state.member(UserId{"ann"});
  EXPECT_EQ(state.text_of(member->name), "Ann Miller");
  EXPECT_EQ(state.text_of(member->email), "ann@acme.example");
}

}  // namespace
}  // namespace gatehouse
