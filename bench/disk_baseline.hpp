// What this disk can do at this moment, to judge everything else by: synced writes one at a time, in groups, and as RocksDB's own group
// commit makes them. The figures of a shared disk change from second to second, so they are taken in the same run as what they are compared with.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace gatehouse::bench {

struct SyncRate {
  double records_per_second{};
  double median_ms{};  // of one synced write
};

class DiskBaseline {
 public:
  // Writes into `folder`, which must be on the disk that is judged, and leaves nothing there.
  DiskBaseline(std::filesystem::path folder, std::size_t record_bytes, std::chrono::milliseconds duration);

  // write() of `group` records, then fdatasync(), again and again.
  [[nodiscard]] SyncRate raw(std::size_t group) const;
  // `threads` threads, each with a WriteBatch of one record and sync at a time.
  [[nodiscard]] SyncRate rocks_group_commit(std::size_t threads) const;

  [[nodiscard]] std::size_t record_bytes() const { return record_bytes_; }

 private:
  std::filesystem::path folder_;
  std::size_t record_bytes_;
  std::chrono::milliseconds duration_;
};

}  // namespace gatehouse::bench
