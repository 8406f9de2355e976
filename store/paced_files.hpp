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
  // What the disk has to write before it can answer a sync; with the pause it makes 32 MB/s for each thread that writes.
  std::size_t piece_bytes = 64U << 10U;
  std::chrono::microseconds pause{2'000};
  std::size_t piece_bytes_alone = 1U << 20U;  // while the log is not in use; no pause
};

// `files` below it. Of those right in `log_folder`, a database's, the tables (.sst) are written so, and a sync of those ending in .log says that the log is
// in use; of all other folders, which are for copies, all files are. Any thread, as the one below it.
[[nodiscard]] std::shared_ptr<rocksdb::FileSystem> paced_files(std::shared_ptr<rocksdb::FileSystem> files,
                                                               const std::filesystem::path& log_folder,
                                                               const WritePace& pace = {});

}  // namespace gatehouse
