// Remembers which rows somebody reads, so that a decision can say what it rested on. Rows that are not there count: that there is none may be the reason.
#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "table/table.hpp"

namespace gatehouse {

class TracedRows final : public TableReader {
 public:
  using Rows = std::map<std::string, std::optional<std::string>, std::less<>>;

  // `rows` must outlive it. No more than `rows_max` are remembered.
  TracedRows(const TableReader& rows, std::size_t rows_max) : rows_(&rows), rows_max_(rows_max) {}

  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override;
  using TableReader::scan;
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override;

  [[nodiscard]] const Rows& read() const { return read_; }
  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  void remember(std::string_view key, std::optional<std::string> value) const;

  const TableReader* rows_;
  std::size_t rows_max_;
  mutable Rows read_;
  mutable std::size_t left_out_{};
};

}  // namespace gatehouse
