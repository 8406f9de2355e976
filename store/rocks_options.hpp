// The RocksDB settings of the log and of projections, each with its reason where it is set.
#pragma once
#include <rocksdb/options.h>

#include <atomic>
#include <cstdint>
#include <memory>

#include "store/open_options.hpp"

namespace gatehouse {

// What RocksDB's own threads must know of the log: the time by which command records expire. Nothing expires before it is set.
struct LogClock {
  std::atomic<std::int64_t> unix_ms{INT64_MIN / 2};
};

class RocksOptions {
 public:
  RocksOptions(const OpenOptions& options, std::shared_ptr<LogClock> clock);
  ~RocksOptions();
  RocksOptions(const RocksOptions&) = delete;
  RocksOptions& operator=(const RocksOptions&) = delete;

  [[nodiscard]] rocksdb::DBOptions database(std::shared_ptr<rocksdb::EventListener> listener) const;
  // What RocksDB counts: no times, which would cost a look at the clock each.
  [[nodiscard]] const std::shared_ptr<rocksdb::Statistics>& statistics() const { return statistics_; }
  // Of the column family with this name.
  [[nodiscard]] rocksdb::ColumnFamilyOptions family(const std::string& name) const;

 private:
  [[nodiscard]] rocksdb::ColumnFamilyOptions tables(std::size_t block_bytes, bool filter) const;

  OpenOptions options_;
  std::shared_ptr<rocksdb::Cache> cache_;
  std::shared_ptr<rocksdb::Statistics> statistics_;
  std::unique_ptr<rocksdb::Env> env_;
  std::unique_ptr<rocksdb::CompactionFilter> expiry_;
};

inline constexpr const char* log_family = "log";
inline constexpr const char* streams_family = "streams";
inline constexpr const char* state_family = "state";
inline constexpr const char* commands_family = "commands";

}  // namespace gatehouse
