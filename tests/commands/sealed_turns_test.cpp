// Two groups at once, of which the second seals texts of persons whose keys are not recorded yet.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <semaphore>
#include <thread>

#include "commands/command_service.hpp"
#include "tests/commands/held_log.hpp"

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

// Counts how often each subject's key is written.
class CountingKeys final : public SubjectKeys {
 public:
  Standing find(const SubjectName& name, SubjectKey& key) const override { return keys_->find(name, key); }
  void add(const NewKeys& keys) override {
    keys_->add(keys);
    const std::lock_guard lock(mutex_);
    for (const auto& [name, key] : keys)
      ++written_[name];
  }
  using SubjectKeys::destroy;
  Digests destroy(std::span<const SubjectName> names) override { return keys_->destroy(names); }

  std::map<SubjectName, int> written() const {
    const std::lock_guard lock(mutex_);
    return written_;
  }

 private:
  std::unique_ptr<SubjectKeys> keys_ = make_memory_subject_keys();
  mutable std::mutex mutex_;
  std::map<SubjectName, int> written_;
};

Submission new_member(const std::string& id) {
  return submission_of(directory_service(), {AddMember{UserId{id}, id + "@acme.example", {}, {}, {}}});
}

TEST(SealedTurns, TheKeysOfTheSecondAreWrittenWhileTheFirstIsAppended) {
  MemoryEventLog memory;
  HeldLog log{memory};
  SeededIds ids{1};
  PlainTokens tokens;
  CountingKeys keys;
  CommandService service(log, ids, tokens, [] { return Timestamp{1'700'000'000'000}; }, {.keys = &keys});
  service.run_group({opening()});
  log.holding = true;
  service.start();
  std::vector<std::future<Outcome>> outcomes;
  const auto submit = [&](const std::string& id) {
    auto promise = std::make_shared<std::promise<Outcome>>();
    outcomes.push_back(promise->get_future());
    service.submit(new_member(id), [promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
  };
  const auto count = [&](const std::string& id) { return keys.written()[{AccountId{"acme"}, id}]; };
  submit("first");
  log.begun.acquire();
  for (int number = 0; number < 24; ++number)
    submit("member-" + std::to_string(number));
  for (int wait = 0; wait < 5'000 && count("member-0") == 0; ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  EXPECT_EQ(count("member-0"), 1);
  log.released.release(100);
  for (auto& outcome : outcomes)
    EXPECT_EQ(committed(outcome.get()).events.size(), 1U);
  service.stop();
  for (const auto& [name, times] : keys.written())
    EXPECT_EQ(times, 1) << name.subject;
  const State state(*memory.state(), AccountId{"acme"}, &keys);
  EXPECT_EQ(state.text_of(state.member(UserId{"member-23"})->email), "member-23@acme.example");
}

}  // namespace
}  // namespace gatehouse
