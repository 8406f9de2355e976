// An app as the catalogue projection keeps it: what the listing filters by, in the form in which it is compared.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/catalogue_events.hpp"
#include "events/ids.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse {

struct CatalogueRow {
  std::string name;
  DeveloperKind developer{};
  AccountId developer_account_id;
  ManagementLevel level{};
  bool published{};
  bool listed{};
  bool withdrawn{};
  std::vector<std::string> categories;  // case folded
  std::vector<std::string> scopes;
  std::string search_text;  // case folded
  std::uint64_t registered_version{};
};
BOOST_DESCRIBE_STRUCT(CatalogueRow, (),
                      (name, developer, developer_account_id, level, published, listed, withdrawn, categories, scopes,
                       search_text, registered_version))

// ASCII letters in lower case, all else as it is: the same on every machine.
[[nodiscard]] std::string fold_case(std::string_view text);
// What apps are sorted by: case folded, without control characters, cut to a length that a key may have.
[[nodiscard]] std::string sort_name(std::string_view name);
void take_facts(CatalogueRow& row, const AppFacts& facts);

}  // namespace gatehouse
