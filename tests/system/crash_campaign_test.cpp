// kill -9 of a loaded server, again and again on the same data. Whatever was acknowledged is there once and unchanged, whatever was
// not is there whole or not at all, and the repetition of a command whose answer was lost has its effect once.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "tests/system/account_history.hpp"
#include "tests/system/marketplace.hpp"
#include "tests/system/random_commands.hpp"

#ifndef GATEHOUSE_CRASH_ROUNDS
#define GATEHOUSE_CRASH_ROUNDS 100
#endif

namespace gatehouse::system_test {
namespace {

constexpr std::size_t clients_count = 4;
constexpr std::uint64_t load_us_max = 60'000;
constexpr std::uint64_t rounds_per_verify = 25;

struct Sent {
  Attempt attempt;
  Answer answer;  // status 0: none came
};

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

class CrashCampaign : public testing::Test {
 protected:
  CrashCampaign() : server_(folder_.path() / "data") {}

  void SetUp() override {
    std::cout << "seed " << seed_ << " (GATEHOUSE_SEED), rounds " << rounds_ << " (GATEHOUSE_ROUNDS)" << std::endl;
    server_.start();
    tokens_ = open_marketplace(server_);
    ApiClient client(server_.port());
    ASSERT_TRUE(history_.read_on(client, tokens_["auditor"])) << history_.failure();
    history_.forget();
  }

  Answer send(ApiClient& client, const Attempt& attempt) const {
    return client.post(tokens_.find(attempt.caller)->second, account_commands, attempt.body, attempt.key);
  }

  // One client: sends until the server is gone.
  std::vector<Sent> load(std::uint64_t round, std::size_t index) const {
    const auto name = "r" + std::to_string(round) + "c" + std::to_string(index);
    RandomCommands commands(seed_ + round * clients_count + index, name);
    ApiClient client(server_.port());
    std::vector<Sent> all;
    do {
      auto attempt = commands.next();
      auto answer = send(client, attempt);
      all.push_back({std::move(attempt), std::move(answer)});
    } while (all.back().answer.status != 0);
    return all;
  }

  std::vector<Sent> load_and_kill(std::uint64_t round) {
    std::vector<std::vector<Sent>> parts(clients_count);
    std::vector<std::thread> threads;
    for (std::size_t index = 0; index < clients_count; ++index) {
      threads.emplace_back([&, index] { parts[index] = load(round, index); });
    }
    std::this_thread::sleep_for(std::chrono::microseconds(1'000 + random_() % load_us_max));
    server_.kill();
    for (auto& thread : threads) thread.join();
    std::vector<Sent> all;
    for (auto& part : parts) std::move(part.begin(), part.end(), std::back_inserter(all));
    return all;
  }

  // A refusal leaves no trace, so only a 200 has events to claim.
  void expect_in_history(const Sent& sent) {
    if (sent.answer.status == 200) {
      EXPECT_TRUE(history_.claim(sent.answer)) << history_.failure() << "\nof " << sent.attempt.body;
      return;
    }
    EXPECT_GE(sent.answer.status, 400U) << sent.answer.head;
    EXPECT_LT(sent.answer.status, 500U) << sent.attempt.body << "\n" << sent.answer.head << sent.answer.body;
  }

  void repeat_unanswered(ApiClient& client, std::vector<Sent>& all) {
    for (auto& sent : all) {
      if (sent.answer.status != 0) continue;
      sent.answer = send(client, sent.attempt);
      ASSERT_NE(sent.answer.status, 0U);
      survived_ += sent.answer.header("Idempotency-Replayed") == "true" ? 1 : 0;
      ++unanswered_;
    }
  }

  void expect_repetitions_to_change_nothing(ApiClient& client, const std::vector<Sent>& all) {
    for (const auto& sent : all) {
      if (sent.answer.status != 200) continue;
      const auto again = send(client, sent.attempt);
      EXPECT_EQ(again.status, 200U) << sent.attempt.body << "\n" << again.body;
      EXPECT_EQ(again.body, sent.answer.body) << "repeated: " << sent.attempt.body;
      EXPECT_EQ(again.header("Idempotency-Replayed"), "true") << sent.attempt.body;
    }
  }

  void check_round(std::vector<Sent>& all) {
    ApiClient client(server_.port());
    repeat_unanswered(client, all);
    expect_repetitions_to_change_nothing(client, all);
    ASSERT_TRUE(history_.read_on(client, tokens_["auditor"])) << history_.failure();
    for (const auto& sent : all) {
      expect_in_history(sent);
      acknowledged_ += sent.answer.status == 200 ? 1 : 0;
    }
    EXPECT_EQ(history_.unclaimed(), 0U) << "an event that no command made: " << history_.first_unclaimed();
  }

  void verify_stopped_data() {
    server_.kill();
    const auto verified = run_gatehouse({"replay", "verify", "--data", server_.data().string()});
    EXPECT_EQ(verified.exit_code, 0) << verified.output;
    server_.start();
  }

  const std::uint64_t seed_ = number_from_environment("GATEHOUSE_SEED", std::random_device()());
  const std::uint64_t rounds_ = number_from_environment("GATEHOUSE_ROUNDS", GATEHOUSE_CRASH_ROUNDS);
  std::mt19937_64 random_{seed_};
  ScratchFolder folder_;
  ServerProcess server_;
  Tokens tokens_;
  AccountHistory history_;
  std::uint64_t acknowledged_ = 0;
  std::uint64_t unanswered_ = 0;
  std::uint64_t survived_ = 0;  // unanswered commands that were in the log nevertheless
};

TEST_F(CrashCampaign, NothingAcknowledgedIsLostNothingIsHalfAppliedNothingIsDoubled) {
  for (std::uint64_t round = 1; round <= rounds_ && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    auto all = load_and_kill(round);
    server_.start();
    check_round(all);
    if (round % rounds_per_verify == 0 || round == rounds_) verify_stopped_data();
  }
  std::cout << acknowledged_ << " commands acknowledged, " << history_.version() << " events, " << unanswered_ << " unanswered, of which "
            << survived_ << " had reached the log" << std::endl;
  EXPECT_GT(acknowledged_, rounds_) << "the load was too small to show anything";
  EXPECT_EQ(server_.stop(), 0) << server_.output();
}

}  // namespace
}  // namespace gatehouse::system_test
