#include <rocksdb/statistics.h>

#include <charconv>
#include <map>

#include "store/rocks_event_log.hpp"
#include "store/rocks_projection_store.hpp"
#include "store/rocks_projection_table.hpp"

namespace gatehouse {

namespace {

using Properties = rocksdb::DB::Properties;

std::uint64_t number_of(const RocksFamily& family, const std::string& property) {
  std::uint64_t number = 0;
  return family.db().GetIntProperty(family.handle(), property, &number) ? number : 0;
}

// RocksDB tells it as text alone.
std::uint64_t level0_files_of(const RocksFamily& family) {
  std::string text;
  std::uint64_t number = 0;
  if (family.db().GetProperty(family.handle(), Properties::kNumFilesAtLevelPrefix + "0", &text))
    std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

void add_to(TableFigures& table, const RocksFamily& family) {
  table.memtable_bytes += number_of(family, Properties::kCurSizeAllMemTables);
  table.file_bytes += number_of(family, Properties::kLiveSstFilesSize);
  table.level0_files += level0_files_of(family);
  table.pending_compaction_bytes += number_of(family, Properties::kEstimatePendingCompactionBytes);
}

std::vector<TableFigures> tables_of(const RocksDatabase& database, const ProjectionStore& projections) {
  std::map<std::string, TableFigures> tables;
  const std::pair<const char*, const RocksFamily*> own[] = {{"meta", database.meta.get()},
                                                            {log_family, database.log.get()},
                                                            {streams_family, database.streams.get()},
                                                            {state_family, database.state.get()},
                                                            {commands_family, database.commands.get()}};
  for (const auto& [name, family] : own)
    add_to(tables[name], *family);
  for (const auto& generation : projections.list())
    add_to(tables[projection_family_prefix + generation.table->projection().name],
           dynamic_cast<const RocksProjectionTable&>(*generation.table).family());
  std::vector<TableFigures> figures;
  for (auto& [name, table] : tables) {
    table.table = name;
    figures.push_back(std::move(table));
  }
  return figures;
}

}  // namespace

StoreFigures RocksEventLog::figures() const {
  const auto& family = *database_->meta;
  const auto& statistics = *database_->options->statistics();
  StoreFigures figures;
  figures.tables = tables_of(*database_, *projections_);
  figures.running_flushes = number_of(family, Properties::kNumRunningFlushes);
  figures.running_compactions = number_of(family, Properties::kNumRunningCompactions);
  figures.background_errors = number_of(family, Properties::kBackgroundErrors);
  figures.writes_stopped = number_of(family, Properties::kIsWriteStopped) != 0;
  figures.delayed_bytes_per_second = number_of(family, Properties::kActualDelayedWriteRate);
  figures.stalled_microseconds = statistics.getTickerCount(rocksdb::STALL_MICROS);
  figures.log_bytes_written = statistics.getTickerCount(rocksdb::WAL_FILE_BYTES);
  figures.block_cache_hits = statistics.getTickerCount(rocksdb::BLOCK_CACHE_HIT);
  figures.block_cache_misses = statistics.getTickerCount(rocksdb::BLOCK_CACHE_MISS);
  figures.block_cache_bytes = number_of(family, Properties::kBlockCacheUsage);
  figures.block_cache_bytes_max = number_of(family, Properties::kBlockCacheCapacity);
  figures.disk_free_bytes = reserve_.free_bytes();
  figures.disk_free_bytes_min = reserve_.free_bytes_min();
  return figures;
}

}  // namespace gatehouse
