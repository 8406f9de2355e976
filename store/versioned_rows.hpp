// Rows in memory that remember older values for as long as a snapshot needs them, so that a snapshot costs nothing to take. Thread-safe:
// one writer, any number of snapshots; a visitor runs without a lock held and may read on.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "table/overlay_table.hpp"
#include "table/table.hpp"

namespace gatehouse {

class VersionedRows : public std::enable_shared_from_this<VersionedRows> {
 public:
  void apply(std::span<const OverlayTable::Changes* const> changes);

  class Snapshot {
   public:
    explicit Snapshot(std::shared_ptr<VersionedRows> rows);
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    ~Snapshot();
    [[nodiscard]] std::optional<std::string> get(std::string_view key) const;
    void scan(std::string_view prefix, std::string_view from, const TableReader::Visitor& visit) const;

   private:
    std::shared_ptr<VersionedRows> rows_;
    std::uint64_t revision_;
  };

 private:
  struct Version {
    std::uint64_t revision{};
    std::optional<std::string> value;
  };
  using Versions = std::vector<Version>;  // ascending

  static const std::string* visible(const Versions& versions, std::uint64_t revision);
  void drop_unseen(Versions& versions) const;

  std::mutex mutex_;
  std::uint64_t revision_{};
  std::multiset<std::uint64_t> snapshots_;
  std::map<std::string, Versions, std::less<>> rows_;
};

}  // namespace gatehouse
