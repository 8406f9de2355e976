// A log that was killed with part of its history in several WAL files, to be copied and damaged; and the judgement of what an opened copy
// may be: refused with a place, or whole.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "store/open_options.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {

class KilledLog {
 public:
  // Forks: before anything has opened RocksDB in this process. `flushed` events are in table files, `unflushed` ones in the WALs.
  KilledLog(std::uint64_t flushed, std::uint64_t unflushed);

  [[nodiscard]] OpenOptions fresh_copy() const;
  [[nodiscard]] std::uint64_t acknowledged() const { return acknowledged_; }

 private:
  void play(std::uint64_t flushed, std::uint64_t unflushed) const;

  TemporaryFolder folder_;
  std::uint64_t acknowledged_;
};

// The WAL files of a data folder, oldest first.
[[nodiscard]] std::vector<std::filesystem::path> wal_files(const std::filesystem::path& data_dir);
[[nodiscard]] std::vector<std::filesystem::path> table_files(const std::filesystem::path& data_dir);
// Where the records of a WAL end.
[[nodiscard]] std::vector<std::uint64_t> record_ends(const std::filesystem::path& wal);

struct Judgement {
  bool opened{};
  std::string fault;  // empty: the log is whole, or refused with a place that can be right
  std::string refusal;
};
[[nodiscard]] Judgement judge(const OpenOptions& options, std::uint64_t acknowledged);

}  // namespace gatehouse::testing
