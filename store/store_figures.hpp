// What RocksDB says of itself and of the disk, for the metrics. Costs a few dozen looks under RocksDB's own lock, each of about a microsecond.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

// A column family; generations of one projection are one table.
struct TableFigures {
  std::string table;
  std::uint64_t memtable_bytes{};
  std::uint64_t file_bytes{};
  std::uint64_t level0_files{};
  std::uint64_t pending_compaction_bytes{};
};

struct StoreFigures {
  std::vector<TableFigures> tables;
  std::uint64_t running_flushes{};
  std::uint64_t running_compactions{};
  std::uint64_t background_errors{};
  bool writes_stopped{};
  std::uint64_t delayed_bytes_per_second{};  // to which writes are slowed down now; 0: they are not
  // Since the start.
  std::uint64_t stalled_microseconds{};
  std::uint64_t log_bytes_written{};
  std::uint64_t block_cache_hits{};
  std::uint64_t block_cache_misses{};

  std::uint64_t block_cache_bytes{};
  std::uint64_t block_cache_bytes_max{};

  std::optional<std::uint64_t> disk_free_bytes;
  std::uint64_t disk_free_bytes_min{};  // below it appends stop
};

}  // namespace gatehouse
