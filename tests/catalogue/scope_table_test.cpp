// The files behind the catalogue: the names, and the table that scripts/generate-scopes makes of them.
#include <algorithm>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "catalogue/scope_catalogue.hpp"

namespace gatehouse::catalogue {
namespace {

std::vector<std::string> lines_of(std::string_view file) {
  std::ifstream stream{std::string{GATEHOUSE_SOURCE_DIR} + "/catalogue/" + std::string{file}};
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

TEST(ScopeTable, is_what_the_names_make_it) {
  const auto names = lines_of("scope_names.txt");
  ASSERT_EQ(names.size(), 2'934U);
  EXPECT_TRUE(std::ranges::is_sorted(names));
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
  std::vector<std::string> expected{"scope\tlevel\tprivilege\tdescription"};
  for (const auto& name : names) {
    const auto scope = describe(name);
    expected.push_back(name + "\t" + std::string{to_text(scope.level)} + "\t" + scope.privilege + "\t" +
                       scope.description);
  }
  EXPECT_TRUE(lines_of("scopes.tsv") == expected) << "run scripts/generate-scopes";
}

// 2,500 granular and 436 classic names, of which two are the same; eight classic ones carry "admin" before their last
// part.
TEST(ScopeTable, has_as_many_scopes_of_each_level_as_the_vendor_lists) {
  std::map<ScopeLevel, std::size_t> levels;
  for (const auto& [name, entry] : ScopeCatalogue::builtin().entries()) {
    ++levels[entry.level];
  }
  EXPECT_EQ(levels[ScopeLevel::user], 566U + 153U - 2U - 8U);
  EXPECT_EQ(levels[ScopeLevel::admin], 1'299U + 243U + 8U);
  EXPECT_EQ(levels[ScopeLevel::master], 635U + 40U);
}

TEST(ScopeTable, embeds_every_line) {
  for (const auto& name : lines_of("scope_names.txt")) {
    const auto* entry = ScopeCatalogue::builtin().find(name);
    ASSERT_NE(entry, nullptr) << name;
    EXPECT_EQ(entry->name, name);
    EXPECT_FALSE(entry->description.empty());
    EXPECT_EQ(entry->privilege.empty(), entry->level == ScopeLevel::user) << name;
  }
}

}  // namespace
}  // namespace gatehouse::catalogue
