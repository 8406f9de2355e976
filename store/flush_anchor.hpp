// Which part of the log is certainly in RocksDB's table files, and so beyond what a damaged WAL can take: marks are noted with RocksDB's
// sequence number after each append group, and passed by when a flush that reaches their number is complete. Errs on the early side.
// Thread-safe: marks come from the appending thread, flushes from RocksDB's.
#pragma once
#include <cstdint>
#include <deque>
#include <mutex>

#include "store/witness.hpp"

namespace gatehouse {

class FlushAnchor {
 public:
  void reset(const LogMark& anchor);
  void note(std::uint64_t sequence, const LogMark& mark);
  void flushed(std::uint64_t sequence);
  [[nodiscard]] LogMark anchor() const;

 private:
  struct Noted {
    std::uint64_t sequence{};
    LogMark mark;
  };

  mutable std::mutex mutex_;
  LogMark anchor_;
  std::deque<Noted> noted_;    // ascending, evenly spaced
  std::uint64_t spacing_ = 1;  // in groups; doubled when there are too many marks
};

inline constexpr std::size_t noted_marks_max = 1024;

}  // namespace gatehouse
