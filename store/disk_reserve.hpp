// Keeps RocksDB from ever meeting a full disk, which it survives badly: a watch over the free space that stops appends in time, and a
// ballast file that is given back when even flushes and a restart would lack room. Ends by itself when space returns. Thread-safe.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

#include "store/disk.hpp"

namespace gatehouse {

struct ReserveLimits {
  std::uint64_t ballast_bytes = 64ULL << 20;
  // Below this appends stop. What is left is for memtables already filled and for the compactions of the moment.
  std::uint64_t free_bytes_min = 256ULL << 20;
};

class DiskReserve {
 public:
  DiskReserve(std::shared_ptr<Disk> disk, const std::filesystem::path& data_dir, const ReserveLimits& limits);

  // Looks at the disk; called before every append group (a system call of about a microsecond) and by whoever asks for the state.
  [[nodiscard]] bool has_room();
  // Nothing when the disk cannot be asked.
  [[nodiscard]] std::optional<std::uint64_t> free_bytes() const;
  [[nodiscard]] std::uint64_t free_bytes_min() const { return limits_.free_bytes_min; }
  // Also for what opening a log writes: its memory tables as files, and new files for what follows.
  [[nodiscard]] bool has_room_to_open();

 private:
  [[nodiscard]] bool room_found(std::uint64_t free_bytes);

  std::shared_ptr<Disk> disk_;
  std::filesystem::path data_dir_;
  std::filesystem::path ballast_;
  ReserveLimits limits_;
  std::mutex mutex_;
  bool has_ballast_{};
  bool has_room_ = true;
};

}  // namespace gatehouse
