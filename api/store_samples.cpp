#include "api/store_samples.hpp"

namespace gatehouse::api {
namespace {

constexpr double microseconds_per_second = 1e6;

void sample_table(const TableFigures& figures, Samples& samples) {
  const Samples::Labels table{{"table", figures.table}};
  samples.gauge("gatehouse_store_memtable_bytes", "Bytes of the table in memory that are in no table file yet.",
                figures.memtable_bytes, table);
  samples.gauge("gatehouse_store_file_bytes", "Bytes of the table's files.", figures.file_bytes, table);
  samples.gauge("gatehouse_store_level0_files", "Files of the table that no compaction has sorted in yet.",
                figures.level0_files, table);
  samples.gauge("gatehouse_store_pending_compaction_bytes", "About how much compactions of the table are behind.",
                figures.pending_compaction_bytes, table);
}

double to_unix(std::chrono::system_clock::time_point time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

}  // namespace

void sample_appends(const AppendMeters& meters, Samples& samples) {
  samples.histogram("gatehouse_log_append_seconds", "Time of an append group, from its plan until readers see it.",
                    meters.appends.totals(), nanoseconds_per_second);
  const auto add_sync = [&](const telemetry::Histogram& histogram, std::string file) {
    samples.histogram("gatehouse_log_sync_seconds",
                      "Time that an append group waits until the file is on the disk: wal, RocksDB's write-ahead log; "
                      "witness, written after it.",
                      histogram.totals(), nanoseconds_per_second, {{"file", std::move(file)}});
  };
  add_sync(meters.log_syncs, "wal");
  add_sync(meters.witness_syncs, "witness");
}

void sample_store(const StoreFigures& figures, Samples& samples) {
  for (const auto& table : figures.tables)
    sample_table(table, samples);
  samples.gauge("gatehouse_store_running_flushes", "Flushes of memtables that run now.", figures.running_flushes);
  samples.gauge("gatehouse_store_running_compactions", "Compactions that run now.", figures.running_compactions);
  samples.counter("gatehouse_store_background_errors_total", "Errors of flushes and compactions.",
                  figures.background_errors);
  samples.gauge("gatehouse_store_writes_stopped", "1 while RocksDB holds all writes back until it has compacted.",
                figures.writes_stopped ? 1 : 0);
  samples.gauge("gatehouse_store_writes_slowed", "1 while RocksDB slows writes down because compactions are behind.",
                figures.delayed_bytes_per_second > 0 ? 1 : 0);
  samples.counter("gatehouse_store_stall_seconds_total", "Time that writes were stopped or slowed down.",
                  static_cast<double>(figures.stalled_microseconds) / microseconds_per_second);
  samples.counter("gatehouse_store_wal_written_bytes_total", "Bytes written to RocksDB's write-ahead log.",
                  figures.log_bytes_written);
  samples.counter("gatehouse_store_block_cache_hits_total", "Blocks that were read from memory.",
                  figures.block_cache_hits);
  samples.counter("gatehouse_store_block_cache_misses_total", "Blocks that had to be read from files.",
                  figures.block_cache_misses);
  samples.gauge("gatehouse_store_block_cache_bytes", "Bytes of blocks in memory.", figures.block_cache_bytes);
  samples.gauge("gatehouse_store_block_cache_limit_bytes", "Bytes that they may come to.",
                figures.block_cache_bytes_max);
  if (figures.disk_free_bytes)
    samples.gauge("gatehouse_disk_free_bytes", "Free bytes of the file system with the data.",
                  *figures.disk_free_bytes);
  samples.gauge("gatehouse_disk_reserve_bytes", "With less than so many free bytes the log takes no appends.",
                figures.disk_free_bytes_min);
}

void sample_scrub(const Scrubber::Status& status, Samples& samples) {
  samples.gauge("gatehouse_scrub_running", "1 while everything that is stored is read and checked.",
                status.running ? 1 : 0);
  samples.gauge("gatehouse_scrub_damaged_tables", "Tables that the last scrub, or the one under way, found damaged.",
                status.damage ? 1 : 0);
  if (status.completed_at && !status.damage)
    samples.gauge("gatehouse_scrub_last_success_timestamp_seconds",
                  "When everything had last been read and found whole, in Unix time.", to_unix(*status.completed_at));
}

}  // namespace gatehouse::api
