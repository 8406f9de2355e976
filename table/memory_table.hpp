// A Table in plain memory, for tests and for folds that are thrown away.
#pragma once
#include <map>
#include <string>

#include "table/table.hpp"

namespace gatehouse {

class MemoryTable final : public Table {
 public:
  using Rows = std::map<std::string, std::string, std::less<>>;

  using TableReader::scan;
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override;
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override;
  void put(std::string_view key, std::string_view value) override;
  void erase(std::string_view key) override;

  [[nodiscard]] const Rows& rows() const { return rows_; }

 private:
  Rows rows_;
};

}  // namespace gatehouse
