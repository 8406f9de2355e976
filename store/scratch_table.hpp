// A table for a fold that nobody keeps: in memory until that is too much, from then on in RocksDB, in a ScratchFolder of its own. Small folds never touch the disk, large ones need not fit in
// memory. One thread.
#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "store/projection_store.hpp"
#include "table/overlay_table.hpp"

namespace gatehouse {

// Where, and from when on.
struct ScratchSpace {
  std::filesystem::path parent = std::filesystem::temp_directory_path();
  std::size_t memory_bytes_max = 64U << 20;  // of rows, roughly
};

// The rows could not be written there, which says nothing of what is folded.
struct ScratchFailed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class ScratchTable final : public Table {
 public:
  explicit ScratchTable(ScratchSpace space, std::shared_ptr<const TableReader> base = nullptr);
  ScratchTable(const ScratchTable&) = delete;
  ScratchTable& operator=(const ScratchTable&) = delete;

  using TableReader::scan;
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override { return rows_.get(key); }
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override {
    rows_.scan(prefix, from, visit);
  }
  // Both throw ScratchFailed. Keys must not begin with a zero byte.
  void put(std::string_view key, std::string_view value) override { change(key, value); }
  void erase(std::string_view key) override { change(key, std::nullopt); }

  [[nodiscard]] bool is_on_disk() const { return table_ != nullptr; }

 private:
  void change(std::string_view key, std::optional<std::string_view> value);
  void spill();

  ScratchSpace space_;
  std::shared_ptr<ProjectionStore> store_;  // outlives what follows
  std::shared_ptr<ProjectionTable> table_;
  std::shared_ptr<const TableReader> base_;
  OverlayTable rows_;
  std::size_t memory_bytes_{};  // of the changes in `rows_`
};

}  // namespace gatehouse
