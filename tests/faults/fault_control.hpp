// What a test tells the library that is loaded into the server before all others, in memory that both have mapped from a file. Nothing happens
// until `calls` names some.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>

namespace gatehouse::faults {

enum Calls : std::uint32_t {
  call_open = 1U << 0U,
  call_read = 1U << 1U,
  call_write = 1U << 2U,
  call_sync = 1U << 3U,
  call_name = 1U << 4U,  // rename, link, mkdir
  call_unlink = 1U << 5U,
  call_resize = 1U << 6U,  // ftruncate, fallocate
};
inline constexpr std::uint32_t calls_all = 0x7F;
inline constexpr std::uint32_t calls_that_grow = call_open | call_write | call_name | call_resize;

struct FaultControl {
  std::atomic<std::uint32_t> calls;         // those that count; 0: none
  std::atomic<std::uint64_t> at;            // which of them fails, from 1; 0: none
  std::atomic<std::uint32_t> goes_on;       // all that follow fail, too
  std::atomic<std::int32_t> error;          // their errno
  std::atomic<std::uint64_t> seen;          // how many there were
  std::atomic<std::uint64_t> failed;        // how many were made to fail
  std::atomic<std::int64_t> clock_ahead_s;  // of the system's clock
  std::array<char, 256> first_failed;       // the call, and on what
};

}  // namespace gatehouse::faults
