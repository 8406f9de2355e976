// How many files and sockets the process may have open at once (RLIMIT_NOFILE), and who gets how many of them: connections, webhooks, RocksDB's
// tables, and the rest. A connection or a file too many would fail in the middle of its work instead of being refused at the door.
#pragma once
#include <cstddef>
#include <cstdint>

namespace gatehouse::cli {

struct DescriptorNeeds {
  std::size_t connections{};
  std::size_t table_files{};
  std::size_t webhooks{};  // under way at once
  unsigned threads{};
};

struct DescriptorShares {
  std::uint64_t open_at_once{};
  std::size_t connections{};
  std::size_t table_files{};
  std::size_t webhooks{};
};

inline constexpr std::size_t descriptors_per_thread =
    8;  // event loop, timer, wake-up, listener, its spare, a client to be turned away
inline constexpr std::size_t descriptors_besides_max =
    128;  // write-ahead logs, flushes, compactions, witness, lock, output
inline constexpr std::size_t descriptors_per_webhook =
    3;  // its connection, and two while its receiver's name is looked up
inline constexpr std::size_t connections_min = 16;

// What is needed if `available` allows it. Otherwise tables, which can be closed and opened again, get a quarter at most, and
// webhooks a sixteenth, connections what is left. Throws std::runtime_error when that is less than connections_min.
[[nodiscard]] DescriptorShares share_descriptors(const DescriptorNeeds& needs, std::uint64_t available);

// Shares out up to the hard limit and raises the soft limit to what that takes; never lowers it. Throws std::runtime_error.
[[nodiscard]] DescriptorShares reserve_descriptors(const DescriptorNeeds& needs);

}  // namespace gatehouse::cli
