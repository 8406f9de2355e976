// One system call of the running server fails, another one in each round: of every kind, at its start and under load. What is acknowledged is there
// after a start without the fault, and until then the server serves what is right, refuses commands with a reason, or has ended with one.
#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <random>

#include "tests/faults/injected_faults.hpp"
#include "tests/faults/workload.hpp"

namespace gatehouse::faults {
namespace {

using system_test::read_text;
using system_test::ScratchFolder;

#ifdef GATEHOUSE_LONG_CAMPAIGN
constexpr std::uint64_t rounds_of_each = 60;
std::uint64_t seed_otherwise() { return std::random_device()(); }
#else
constexpr std::uint64_t rounds_of_each = 1;
std::uint64_t seed_otherwise() { return 3'778'862'188; }
#endif
constexpr std::size_t commands_max = 60;
constexpr std::uint64_t late_max = 150;  // calls of a kind after which none is made to fail any more

struct Kind {
  const char* name;
  std::uint32_t calls;
  int error;
  bool goes_on;
  std::uint64_t at_max;
};
constexpr Kind kinds[] = {
    {"write EIO", call_write, EIO, false, late_max},
    {"write ENOSPC", call_write, ENOSPC, false, late_max},
    {"sync EIO", call_sync, EIO, false, late_max},
    {"sync EIO for good", call_sync, EIO, true, late_max},
    {"open EIO", call_open, EIO, false, 20},
    {"read EIO", call_read, EIO, false, 20},
    {"name EIO", call_name, EIO, false, 8},
    {"unlink EIO", call_unlink, EIO, false, 8},
    {"resize ENOSPC", call_resize, ENOSPC, false, 15},
    {"any EIO", calls_all, EIO, false, late_max},
    {"full", calls_that_grow, ENOSPC, true, late_max},
};

std::uint64_t seed_of_run() {
  const char* text = std::getenv("GATEHOUSE_SEED");
  return text == nullptr ? seed_otherwise() : std::strtoull(text, nullptr, 10);
}

class CallFailure : public testing::Test {
 protected:
  // Whether it came up. A start that failed has said why, on the last line, and is no crash.
  bool start_under_faults() try {
    const InjectedFaults::Preload preload(faults_);
    server_.start(ServerProcess::Until::alive);  // it may take no commands any more
    return true;
  } catch (const std::exception& failure) {
    const std::string told = failure.what();
    EXPECT_NE(told.find("ended while it started"), std::string::npos) << told;
    EXPECT_NE(told.find("gatehouse: "), std::string::npos) << told;
    return false;
  }

  // Answers are right or a 503 that says what it is.
  void load() {
    std::atomic<std::size_t> count = 0;
    const auto sent =
        work_.run(server_, 2, [&](const Sent& one) { return one.answer.status >= 500 || ++count > commands_max; });
    for (const auto& one : sent) {
      if (one.answer.status < 500)
        continue;
      EXPECT_EQ(one.answer.status, 503U) << one.answer.head << one.answer.body;
      const auto code = code_of(one.answer);
      EXPECT_TRUE(code == "outcome_unknown" || code == "read_only" || code == "disk_full" || code == "stopping" ||
                  code == "projection_behind")
          << one.answer.body;
    }
  }

  // A server that is still there answers queries, and says in /readyz whether it takes commands.
  void look_at_what_is_left() {
    ApiClient client(server_.port());
    const auto ready = client.get("", "/readyz");
    if (ready.status == 0)
      return;
    if (ready.status != 200) {
      EXPECT_EQ(ready.status, 503U) << ready.head;
      EXPECT_NE(ready.body.find("read_only:failed"), std::string::npos) << ready.body;
    }
    const auto members = client.get(work_.tokens().at("owner"), "/v1/accounts/acme/members?consistency=eventual");
    EXPECT_TRUE(members.status == 200 || members.status == 0) << members.head << members.body;
  }

  void play(const Kind& kind, std::uint64_t at, bool from_the_start) {
    SCOPED_TRACE(std::string(kind.name) + " at " + std::to_string(at) + (from_the_start ? " from the start" : ""));
    if (from_the_start)
      faults_.arm(kind.calls, at, kind.error, kind.goes_on);
    const bool came_up = start_under_faults();
    if (!from_the_start)
      faults_.arm(kind.calls, at, kind.error, kind.goes_on);
    if (came_up) {
      load();
      look_at_what_is_left();
    }
    hits_ += faults_.failed() > 0 ? 1 : 0;
    SCOPED_TRACE(faults_.first_failed());
    faults_.disarm();
    server_.kill();
    server_.start();
    EXPECT_EQ(work_.prove(server_), "");
    server_.kill();
    EXPECT_EQ(Workload::verify(server_), "");
  }

  const std::uint64_t seed_ = seed_of_run();
  std::mt19937_64 random_{seed_};
  ScratchFolder folder_;
  ServerProcess server_{folder_.path() / "data"};
  InjectedFaults faults_{server_.data()};
  Workload work_{seed_};
  std::uint64_t hits_ = 0;
};

TEST_F(CallFailure, OfAnyKindLosesNothingThatWasAcknowledged) {
  std::cout << "seed " << seed_ << " (GATEHOUSE_SEED)" << std::endl;
  server_.start();
  work_.begin(server_);
  server_.kill();
  std::uint64_t rounds = 0;
  for (std::uint64_t round = 0; round < rounds_of_each; ++round) {
    for (const auto& kind : kinds) {
      for (const bool from_the_start : {true, false}) {
        ++rounds;
        ASSERT_NO_FATAL_FAILURE(play(kind, 1 + random_() % kind.at_max, from_the_start));
        if (HasFailure())
          return;
      }
    }
  }
  std::cout << rounds << " rounds, " << hits_ << " met their fault, " << work_.acknowledged()
            << " commands acknowledged" << std::endl;
  EXPECT_GT(hits_, rounds / 6) << "the faults come too late to be met";
  EXPECT_GT(work_.acknowledged(), rounds);
}

}  // namespace
}  // namespace gatehouse::faults
