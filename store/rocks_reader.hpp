// Reads one column family at one snapshot, single rows through a cache if there is one. Thread-safe. A read that RocksDB cannot answer ends the process (stop_on_unreadable).
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "store/rocks_database.hpp"
#include "store/row_cache.hpp"
#include "table/table.hpp"

namespace gatehouse {

// The cache of a family's rows, and the group whose end a reader's snapshot is.
struct CachedRows {
  std::shared_ptr<RowCache> rows;
  std::uint64_t group{};
};

class RocksReader {
 public:
  RocksReader(std::shared_ptr<RocksFamily> family, std::shared_ptr<RocksSnapshot> snapshot, CachedRows cache = {});

  [[nodiscard]] std::optional<std::string> get(std::string_view key) const;
  // As TableReader::scan.
  void scan(std::string_view prefix, std::string_view from, const TableReader::Visitor& visit) const;
  // Ascending, from `first` to before `end` (empty: to the end). A long scan reads ahead and leaves the cache alone.
  void scan_range(std::string_view first, std::string_view end, bool is_long, const TableReader::Visitor& visit) const;

 private:
  [[nodiscard]] std::optional<std::string> read(std::string_view key) const;

  std::shared_ptr<RocksFamily> family_;
  std::shared_ptr<RocksSnapshot> snapshot_;
  CachedRows cache_;
  rocksdb::ReadOptions options_;
};

// The smallest key that sorts after all keys with this prefix; empty when there is none.
[[nodiscard]] std::string after_prefix(std::string_view prefix);

}  // namespace gatehouse
