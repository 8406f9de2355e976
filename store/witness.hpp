// The witness: what the log had acknowledged, kept in a small file outside RocksDB, because RocksDB alone cannot tell a lost tail from a
// clean one. Written and synced after every append group and before its answer; compared with the log at every start.
//
// The file is two slots of 4 KiB, written in turn, so that a torn write spoils only the slot that nobody was promised. A slot is
//   "GHWITNES" u32 format=1 u32 0 u64 generation, the head, the anchor, SHA-256 of all that, zeros
// where head and anchor are marks: u64 group, u64 position, 32 bytes chain. Integers are little-endian.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>

#include "store/disk.hpp"
#include "store/event_log.hpp"

namespace gatehouse {

// A place in the log: after this many append groups, at this event, whose chain link is this.
struct LogMark {
  std::uint64_t group{};
  Position position;
  Digest chain{};
  bool operator==(const LogMark&) const = default;
};

class Witness {
 public:
  struct Record {
    std::uint64_t generation{};
    LogMark head;
    LogMark anchor;  // everything up to here was in RocksDB's table files and needs no second look
  };
  enum class Trouble { missing, damaged, io };

  // Replaces what is there. `head`: where the log is, everything of it in table files.
  [[nodiscard]] static tl::expected<Witness, std::error_code> create(Disk& disk, const std::filesystem::path& path,
                                                                     const LogMark& head = {});
  [[nodiscard]] static tl::expected<Witness, Trouble> open(Disk& disk, const std::filesystem::path& path,
                                                           Disk::OpenMode mode);

  [[nodiscard]] const Record& record() const { return record_; }
  // Durable when it returns no error. After an error the witness must not be written again before a restart.
  [[nodiscard]] std::error_code write(const LogMark& head, const LogMark& anchor);

 private:
  Witness(std::unique_ptr<DiskFile> file, const Record& record) : file_(std::move(file)), record_(record) {}

  std::unique_ptr<DiskFile> file_;
  Record record_;
};

inline constexpr std::size_t witness_slot_bytes = 4096;

}  // namespace gatehouse
