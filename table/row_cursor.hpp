// Pulls the rows of a table that begin with a prefix, one after the other, where a query walks several of them together. Reads ahead in
// chunks; the table must outlive it and stay as it is.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "table/table.hpp"

namespace gatehouse {

class RowCursor {
 public:
  // Begins after the row whose key is prefix + `after`; with an empty `after` at the first.
  RowCursor(const TableReader& table, std::string prefix, std::string_view after);

  [[nodiscard]] bool done() const { return at_ == chunk_.size(); }
  [[nodiscard]] std::string_view key() const { return chunk_[at_].first; }
  // The key without the prefix: what `after` takes.
  [[nodiscard]] std::string_view suffix() const { return key().substr(prefix_.size()); }
  [[nodiscard]] std::string_view value() const { return chunk_[at_].second; }
  void next();
  // On to the first row that is not before prefix + `suffix`, never backwards.
  void seek(std::string_view suffix);

 private:
  void read_chunk(std::string from);

  const TableReader* table_;
  std::string prefix_;
  std::vector<std::pair<std::string, std::string>> chunk_;
  std::size_t at_{};
  std::size_t rows_max_ = 8;  // of the next chunk
  bool is_last_{};
};

}  // namespace gatehouse
