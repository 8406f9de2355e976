// Moments spread around the one that a plan names, so that what failed together does not come back together. One thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <random>

#include "events/timestamp.hpp"

namespace gatehouse::outbound {

class Jitter {
 public:
  // `pause` from now on, a fifth more or less.
  [[nodiscard]] Timestamp after(Timestamp now, std::chrono::milliseconds pause) {
    std::uniform_int_distribution<std::int64_t> share(pause.count() * 4 / 5, pause.count() * 6 / 5);
    return {now.unix_ms + share(random_)};
  }

 private:
  std::minstd_rand random_{std::random_device()()};
};

}  // namespace gatehouse::outbound
