// Counts everything that changes the disk and makes the n-th such operation go wrong, in one of the ways disks and machines do.
// Shared by the RocksDB file system and the disk seam under test, so that one count covers both. Thread-safe.
#pragma once
#include <atomic>
#include <cstdint>
#include <mutex>

namespace gatehouse::testing {

enum class FaultKind : std::uint8_t {
  power_cut,   // it and everything after it does nothing
  torn,        // half of it happens, then the power is gone
  error_lost,  // it fails and has no effect; later ones work
  error_kept,  // it fails although it took effect; later ones work
  disk_full    // from it on nothing can grow
};
inline constexpr FaultKind all_fault_kinds[] = {FaultKind::power_cut, FaultKind::torn, FaultKind::error_lost,
                                                FaultKind::error_kept, FaultKind::disk_full};

class FaultPlan {
 public:
  enum class Operation : std::uint8_t { grow, sync, name };  // bytes or files; making them durable; renaming, deleting
  enum class Verdict : std::uint8_t { go, fail, fail_with_effect, fail_with_half, fail_no_space };

  // `at` counts from 1; 0 never happens.
  FaultPlan(std::uint64_t at, FaultKind kind) : at_(at), kind_(kind) {}

  [[nodiscard]] Verdict next(Operation operation) {
    const std::lock_guard lock(mutex_);
    ++count_;
    if (count_ < at_ || at_ == 0)
      return Verdict::go;
    fired_ = true;
    switch (kind_) {
    case FaultKind::power_cut:
      return Verdict::fail;
    case FaultKind::torn:
      return count_ == at_ ? Verdict::fail_with_half : Verdict::fail;
    case FaultKind::error_lost:
      return count_ == at_ ? Verdict::fail : Verdict::go;
    case FaultKind::error_kept:
      return count_ == at_ ? Verdict::fail_with_effect : Verdict::go;
    case FaultKind::disk_full:
      return operation == Operation::grow ? Verdict::fail_no_space : Verdict::go;
    }
    return Verdict::go;
  }
  [[nodiscard]] bool fired() const { return fired_; }

 private:
  std::mutex mutex_;
  std::uint64_t count_{};
  std::uint64_t at_;
  FaultKind kind_;
  std::atomic<bool> fired_{};
};

}  // namespace gatehouse::testing
