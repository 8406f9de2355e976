#include "http/phase_clock.hpp"

#include <gtest/gtest.h>

namespace gatehouse::http {
namespace {

using namespace std::chrono_literals;

const PhaseClock::Time start{1000s};
const Deadlines deadlines{.tls_handshake = 1s,
                          .header = 2s,
                          .body_grace = 3s,
                          .body_bytes_per_second = 100,
                          .write_grace = 4s,
                          .write_bytes_per_second = 1000,
                          .idle = 5s,
                          .linger = 6s,
                          .stop = 7s};

std::chrono::milliseconds lifetime(PhaseClock clock) {
  auto lasted = 0ms;
  while (lasted < 100s && !clock.expired(start + lasted, deadlines))
    lasted += 1ms;
  return lasted - 1ms;
}

TEST(PhaseClock, gives_each_phase_its_own_deadline) {
  EXPECT_EQ(lifetime({Phase::handshake, start}), 1s);
  EXPECT_EQ(lifetime({Phase::header, start}), 2s);
  EXPECT_EQ(lifetime({Phase::idle, start}), 5s);
  EXPECT_EQ(lifetime({Phase::linger, start}), 6s);
  EXPECT_FALSE(PhaseClock(Phase::held, start).expired(start + 1000h, deadlines)) << "nobody is late for us";
}

TEST(PhaseClock, holds_bodies_to_an_average_rate_after_a_grace) {
  PhaseClock body{Phase::body, start};
  EXPECT_EQ(lifetime(body), 3s);
  body.moved(200);
  EXPECT_EQ(lifetime(body), 5s);
  PhaseClock writing{Phase::writing, start};
  writing.moved(500);
  writing.moved(500);
  EXPECT_EQ(lifetime(writing), 5s);
}

TEST(PhaseClock, does_not_begin_a_phase_again_that_is_on) {
  PhaseClock clock{Phase::header, start};
  clock.enter(Phase::header, start + 1s);
  EXPECT_TRUE(clock.expired(start + 2s + 1ms, deadlines)) << "a byte now and then buys no time";
  clock.enter(Phase::idle, start + 1s);
  EXPECT_FALSE(clock.expired(start + 6s, deadlines));
  clock.restart(Phase::idle, start + 3s);
  EXPECT_FALSE(clock.expired(start + 8s, deadlines));
}

TEST(PhaseClock, forgets_the_bytes_of_the_phase_before) {
  PhaseClock clock{Phase::body, start};
  clock.moved(1'000'000);
  clock.restart(Phase::body, start);
  EXPECT_EQ(lifetime(clock), 3s);
}

}  // namespace
}  // namespace gatehouse::http
