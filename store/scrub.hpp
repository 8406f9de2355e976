// Reads everything that a log has stored, a piece at a time and past the caches, so that damage to what nobody has read for long is found while
// there is still a backup without it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "store/open_error.hpp"
#include "store/rocks_database.hpp"
#include "store/stored_rows.hpp"

namespace gatehouse {

// What could not be read, or does not fit the chain.
struct ScrubDamage {
  std::string table;  // the column family; "log" for the events
  OpenError error;
};

// Of RocksDB's, whose blocks have checksums.
struct ScrubFile {
  std::string table;
  std::string path;
  std::uint64_t bytes{};
};

// One thread. Holds no snapshot between two pieces.
class Scrub {
 public:
  // Every event that the log has now, then every block of every file of its database, and of those that are not of it.
  Scrub(std::shared_ptr<const RocksDatabase> database, const stored::LogHead& head, std::vector<ScrubFile> others);

  // Reads about so many bytes of events, or one file. The bytes read; 0 when everything is.
  [[nodiscard]] tl::expected<std::uint64_t, ScrubDamage> read(std::uint64_t bytes);

  [[nodiscard]] Position position() const { return mark_.position; }  // up to which the events are verified
  [[nodiscard]] Position end() const { return end_.position; }

 private:
  [[nodiscard]] tl::expected<std::uint64_t, ScrubDamage> read_log(std::uint64_t bytes);
  void list_files();
  [[nodiscard]] tl::expected<std::uint64_t, ScrubDamage> read_file();

  std::shared_ptr<const RocksDatabase> database_;
  LogMark mark_;
  LogMark end_;
  bool lists_files_ = false;
  std::vector<ScrubFile> files_;  // still to be read, the last first
};

}  // namespace gatehouse
