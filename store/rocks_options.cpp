#include "store/rocks_options.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/compaction_filter.h>
#include <rocksdb/env.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/file_system.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/statistics.h>
#include <rocksdb/table.h>

#include <chrono>

#include "store/group_plan.hpp"
#include "store/paced_files.hpp"
#include "store/stored_rows.hpp"

namespace gatehouse {

namespace {

// Drops the records that find_command no longer answers. Snapshots do not protect them, which nobody needs.
class CommandExpiry final : public rocksdb::CompactionFilter {
 public:
  explicit CommandExpiry(std::shared_ptr<LogClock> clock) : clock_(std::move(clock)) {}
  [[nodiscard]] const char* Name() const override { return "gatehouse.command_expiry"; }
  bool Filter(int, const rocksdb::Slice&, const rocksdb::Slice& value, std::string*, bool*) const override {
    const auto recorded_at = stored::read_command_time({value.data(), value.size()});
    return recorded_at && is_expired(*recorded_at, {clock_->unix_ms.load(std::memory_order_relaxed)});
  }

 private:
  std::shared_ptr<LogClock> clock_;
};

constexpr std::size_t log_block_bytes = 16U << 10;
constexpr std::size_t point_block_bytes = 4U << 10;
constexpr double bloom_bits = 10;
constexpr double memtable_filter_share = 0.05;  // of its size
constexpr std::size_t checksum_bytes_per_key = 8;

}  // namespace

RocksOptions::RocksOptions(const OpenOptions& options, std::shared_ptr<LogClock> clock)
    : options_(options), cache_(rocksdb::NewLRUCache(options.block_cache_bytes, 4)),
      statistics_(rocksdb::CreateDBStatistics()), expiry_(std::make_unique<CommandExpiry>(std::move(clock))) {
  statistics_->set_stats_level(rocksdb::StatsLevel::kExceptHistogramOrTimers);
  const auto files = options.file_system ? options.file_system : rocksdb::FileSystem::Default();
  env_ = rocksdb::NewCompositeEnv(paced_files(files, options.database()));
}

RocksOptions::~RocksOptions() = default;

rocksdb::DBOptions RocksOptions::database(std::shared_ptr<rocksdb::EventListener> listener) const {
  rocksdb::DBOptions database;
  database.env = env_.get();
  database.listeners.push_back(std::move(listener));
  database.statistics = statistics_;

  // A torn tail is an ordinary crash; damage before it refuses to open. What this mode cannot see, chain and witness do.
  database.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  database.max_bgerror_resume_count = 0;  // fail-stop: nothing is tried again on a handle that met an error
  // Families flush together: what a lost WAL takes from one it takes from all, so that a gap shows in the log.
  database.atomic_flush = true;
  database.max_total_wal_size = options_.wal_bytes_max;
  database.db_write_buffer_size = options_.memtables_bytes;
  database.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();

  database.max_background_jobs = 2;
  // Without a bound all of them would be opened, and held, at start.
  database.max_open_files = static_cast<int>(options_.table_files_max);
  database.skip_stats_update_on_db_open = true;
  database.avoid_unnecessary_blocking_io = true;

  database.stats_dump_period_sec = 0;
  database.stats_persist_period_sec = 0;
  return database;
}

rocksdb::ColumnFamilyOptions RocksOptions::tables(std::size_t block_bytes, bool filter) const {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache_;
  table.block_size = block_bytes;
  table.cache_index_and_filter_blocks = true;  // counted in the one bound
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  if (filter) {
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(bloom_bits));
    table.data_block_index_type = rocksdb::BlockBasedTableOptions::kDataBlockBinaryAndHash;
  }

  rocksdb::ColumnFamilyOptions family;
  // A key that is new is looked for before it is written.
  family.memtable_whole_key_filtering = filter;
  family.memtable_prefix_bloom_size_ratio = filter ? memtable_filter_share : 0;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  family.compression = rocksdb::kLZ4Compression;
  family.write_buffer_size = options_.memtable_bytes;
  family.max_write_buffer_number = 4;
  family.level_compaction_dynamic_level_bytes = true;
  family.target_file_size_base = 16U << 20;
  family.max_bytes_for_level_base = 64U << 20;
  family.max_compaction_bytes = 64U << 20;  // bounds what one compaction may take from a disk that runs full
  return family;
}

rocksdb::ColumnFamilyOptions RocksOptions::family(const std::string& name) const {
  if (name == log_family) {
    // Ascending keys are never rewritten and never missed: large blocks, no filter.
    auto family = tables(log_block_bytes, false);
    family.memtable_protection_bytes_per_key = checksum_bytes_per_key;
    return family;
  }
  auto family = tables(point_block_bytes, true);
  // Decisions read it row by row, which unpacking blocks would make dearer the less of it fits into the cache.
  if (name == state_family)
    family.compression = rocksdb::kNoCompression;
  if (name == commands_family) {
    family.compaction_filter = expiry_.get();
    family.periodic_compaction_seconds = std::chrono::seconds(command_retention).count();
  }
  if (name == streams_family || name == state_family || name == commands_family) {
    family.memtable_protection_bytes_per_key = checksum_bytes_per_key;
  }
  return family;
}

}  // namespace gatehouse
