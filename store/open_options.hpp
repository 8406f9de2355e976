// How a RocksDB log is opened: where, for what, within which bounds, and through which seams.
#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>

#include "store/disk.hpp"
#include "store/disk_reserve.hpp"

namespace rocksdb {
class FileSystem;
}

namespace gatehouse {

struct OpenOptions {
  std::filesystem::path data_dir;      // made when missing; holds db/, witness, ballast, lock
  std::filesystem::path database_dir;  // of the RocksDB database; empty: db/ of the data folder
  bool read_only = false;              // for tools beside a stopped server: nothing is changed, nothing may be appended
  ReserveLimits reserve;

  // Memory is bounded by caches + memtables; what a restart must replay is bounded by the WAL.
  std::size_t block_cache_bytes = 192U << 20;
  std::size_t row_cache_bytes = 64U << 20;  // single rows of the state, as they are now
  std::size_t memtables_bytes = 64U << 20;
  std::size_t memtable_bytes =
      8U << 20;  // of one column family; small because a flush that meets a full disk must not be large
  std::size_t wal_bytes_max = 16U << 20;
  std::size_t table_files_max = 1024;  // open at once

  std::shared_ptr<Disk> disk = posix_disk();
  std::shared_ptr<rocksdb::FileSystem> file_system;  // none: the operating system's

  [[nodiscard]] std::filesystem::path database() const { return database_dir.empty() ? data_dir / "db" : database_dir; }
};

}  // namespace gatehouse
