#include "store/disk_reserve.hpp"

#include <utility>

namespace gatehouse {

DiskReserve::DiskReserve(std::shared_ptr<Disk> disk, const std::filesystem::path& data_dir, const ReserveLimits& limits)
    : disk_(std::move(disk)), data_dir_(data_dir), ballast_(data_dir / "ballast"), limits_(limits) {
  std::error_code missing;
  has_ballast_ = std::filesystem::file_size(ballast_, missing) == limits.ballast_bytes && !missing;
}

bool DiskReserve::has_room() {
  const std::lock_guard lock(mutex_);
  // A disk that cannot be asked is no reason to stop: a real shortage still ends in an error that stops the log.
  const auto free_bytes = disk_->free_bytes(data_dir_);
  if (free_bytes)
    has_room_ = room_found(*free_bytes);
  return has_room_;
}

std::optional<std::uint64_t> DiskReserve::free_bytes() const {
  const auto free_bytes = disk_->free_bytes(data_dir_);
  return free_bytes ? std::optional(*free_bytes) : std::nullopt;
}

bool DiskReserve::has_room_to_open() {
  constexpr std::uint64_t opening_bytes = 64ULL << 20;
  if (!has_room())
    return false;
  const auto free_bytes = disk_->free_bytes(data_dir_);
  return free_bytes && *free_bytes >= opening_bytes;
}

bool DiskReserve::room_found(std::uint64_t free_bytes) {
  if (free_bytes < limits_.free_bytes_min / 4 && has_ballast_)
    has_ballast_ = static_cast<bool>(disk_->remove(ballast_));
  if (free_bytes < limits_.free_bytes_min)
    return false;
  // Coming back needs a little more than staying, so that the edge does not flutter.
  const auto margin = has_room_ ? 0 : limits_.free_bytes_min / 8;
  const auto wanted = limits_.free_bytes_min + margin + (has_ballast_ ? 0 : limits_.ballast_bytes);
  if (free_bytes < wanted)
    return false;
  if (!has_ballast_)
    has_ballast_ = !disk_->reserve(ballast_, limits_.ballast_bytes);
  return has_ballast_;
}

}  // namespace gatehouse
