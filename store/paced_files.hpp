// RocksDB's files, written so that the log need not wait for them: a disk answers a sync when it has written what it was given before, and a table or a backup's copy that is
// given to it at once holds up the log by some ten milliseconds. While the log is in use they go there in small pieces, with a pause after each.
#pragma once
#include <rocksdb/file_system.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>

namespace gatehouse {

struct WritePace {
  std::chrono::milliseconds in_use{20};  // the log is, so long after a sync of it
  std::size_t piece_bytes =
      64U << 10U;  // what the disk has to write before it can answer a sync; 32 MB/s for each thread that writes
  std::chrono::microseconds pause{2'000};
  std::size_t piece_bytes_alone = 1U << 20U;  // while the log is not in use; no pause
};

// `files` below it; the log's are those ending in .log right in `log_folder`, and are written as they come. Any thread, as the one below it.
[[nodiscard]] std::shared_ptr<rocksdb::FileSystem> paced_files(std::shared_ptr<rocksdb::FileSystem> files,
                                                               const std::filesystem::path& log_folder,
                                                               const WritePace& pace = {});

}  // namespace gatehouse
