#include "catalogue/scope_catalogue.hpp"

#include <array>

#include "table/assert.hpp"

namespace gatehouse::catalogue {

namespace {

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr char table_bytes[] = {
#embed "scopes.tsv"
};
#pragma clang diagnostic pop

std::string_view take_until(std::string_view& rest, char delimiter) {
  const auto end = rest.find(delimiter);
  GATEHOUSE_ASSERT(end != std::string_view::npos);
  const auto field = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return field;
}

}  // namespace

const ScopeCatalogue& ScopeCatalogue::builtin() {
  static const ScopeCatalogue catalogue(std::string_view(table_bytes, sizeof table_bytes));
  return catalogue;
}

ScopeCatalogue::ScopeCatalogue(std::string_view table) {
  take_until(table, '\n');  // the column names
  while (!table.empty()) {
    auto line = take_until(table, '\n');
    ScopeEntry entry;
    entry.name = take_until(line, '\t');
    const auto level = take_until(line, '\t');
    entry.level = level == "master" ? ScopeLevel::master : level == "admin" ? ScopeLevel::admin : ScopeLevel::user;
    entry.privilege = take_until(line, '\t');
    entry.description = line;
    entries_.emplace(entry.name, entry);
  }
}

const ScopeEntry* ScopeCatalogue::find(std::string_view name) const {
  const auto entry = entries_.find(name);
  return entry == entries_.end() ? nullptr : &entry->second;
}

bool ScopeCatalogue::may_be_scope(std::string_view name) const {
  return find(name) != nullptr || (is_well_formed(name) && name.find(':') != std::string_view::npos);
}

}  // namespace gatehouse::catalogue
