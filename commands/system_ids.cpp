#include "commands/system_ids.hpp"

#include <sys/random.h>

#include <algorithm>
#include <cstring>

#include "table/assert.hpp"

namespace gatehouse {

// RFC 9562, 6.2, method 1: the twelve bits after the time count within a millisecond, from a random start in their lower half; when they are
// used up the next millisecond is borrowed.
Uuid SystemIds::next(Timestamp now) {
  constexpr unsigned counter_end = 1U << 12;
  std::array<std::uint8_t, 10> random{};
  fill(random.data(), random.size());
  const bool borrow = ++counter_ == counter_end;
  if (now.unix_ms > last_ms_ || borrow) {
    last_ms_ = std::max(now.unix_ms, last_ms_ + (borrow ? 1 : 0));
    counter_ = ((static_cast<unsigned>(random[0]) << 8) | random[1]) % (counter_end / 2);
  }
  random[0] = static_cast<std::uint8_t>(counter_ >> 8);
  random[1] = static_cast<std::uint8_t>(counter_);
  return make_uuid_v7(last_ms_, random);
}

std::array<std::uint8_t, 16> SystemIds::salt() {
  std::array<std::uint8_t, 16> bytes{};
  fill(bytes.data(), bytes.size());
  return bytes;
}

// The kernel is asked for a page at a time: an id costs nanoseconds, a system call does not.
void SystemIds::fill(std::uint8_t* bytes, std::size_t count) {
  if (random_.size() - used_ < count) {
    for (std::size_t filled = 0; filled < random_.size();) {
      const auto got = getrandom(random_.data() + filled, random_.size() - filled, 0);
      GATEHOUSE_ASSERT(got > 0);
      filled += static_cast<std::size_t>(got);
    }
    used_ = 0;
  }
  std::memcpy(bytes, random_.data() + used_, count);
  used_ += count;
}

Uuid SeededIds::next(Timestamp now) {
  std::array<std::uint8_t, 10> bytes{};
  const auto low = random();
  const auto high = random();
  std::memcpy(bytes.data(), &low, 8);
  std::memcpy(bytes.data() + 8, &high, 2);
  return make_uuid_v7(now.unix_ms, bytes);
}

std::array<std::uint8_t, 16> SeededIds::salt() {
  std::array<std::uint8_t, 16> bytes{};
  const std::array<std::uint64_t, 2> words{random(), random()};
  std::memcpy(bytes.data(), words.data(), bytes.size());
  return bytes;
}

// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t SeededIds::random() {
  state_ += 0x9e3779b97f4a7c15;
  auto mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

}  // namespace gatehouse
