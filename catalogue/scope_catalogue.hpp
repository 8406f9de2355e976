// The scopes that the product ships with (catalogue/scopes.tsv, embedded in the program): name, level, the privilege that grants it, and a
// description. Read-only after start-up; any thread.
#pragma once
#include <cstddef>
#include <string_view>
#include <unordered_map>

#include "catalogue/scope.hpp"

namespace gatehouse::catalogue {

// Views into the program's own data.
struct ScopeEntry {
  std::string_view name;
  ScopeLevel level{};
  std::string_view privilege;
  std::string_view description;
};

class ScopeCatalogue {
 public:
  static const ScopeCatalogue& builtin();

  [[nodiscard]] const ScopeEntry* find(std::string_view name) const;
  // Whether there may be such a scope: one of these, or a well-formed name of several words (D31). One word alone is a scope only if it is here.
  [[nodiscard]] bool may_be_scope(std::string_view name) const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] const std::unordered_map<std::string_view, ScopeEntry>& entries() const { return entries_; }

 private:
  explicit ScopeCatalogue(std::string_view table);
  std::unordered_map<std::string_view, ScopeEntry> entries_;
};

}  // namespace gatehouse::catalogue
