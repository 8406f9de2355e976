// The shipped scopes are what their names say, and names are read as the vendor writes them.
#include "catalogue/scope.hpp"

#include <gtest/gtest.h>

#include "catalogue/scope_catalogue.hpp"

namespace gatehouse::catalogue {
namespace {

TEST(Scope, HasTheLevelOfItsSuffix) {
  EXPECT_EQ(level_of("meeting:read:meeting"), ScopeLevel::user);
  EXPECT_EQ(level_of("zoomapp:inmeeting"), ScopeLevel::user);
  EXPECT_EQ(level_of("user:read:list_users:admin"), ScopeLevel::admin);
  EXPECT_EQ(level_of("meeting:write:admin:sip_dialing"), ScopeLevel::admin);
  EXPECT_EQ(level_of("account:master"), ScopeLevel::master);
}

TEST(Scope, OfTheWholeAccountNeedsThePrivilegeOfItsArea) {
  EXPECT_EQ(describe("user:read:list_users:admin").privilege, "User:Read");
  EXPECT_EQ(describe("user:update:user:admin").privilege, "User:Edit");
  EXPECT_EQ(describe("report:read:admin").privilege, "UsageReport:Read");
  EXPECT_EQ(describe("scim2:admin").privilege, "User:Edit+Group:Edit");
  EXPECT_EQ(describe("whiteboard:read:list_whiteboards:admin").privilege, "Integration:Read");
  EXPECT_EQ(describe("account:read:list_sub_accounts:master").privilege, "owner");
  EXPECT_EQ(describe("user:read:user").privilege, "");
}

TEST(Scope, IsDescribedInWords) {
  EXPECT_EQ(describe("meeting:read:list_meetings:admin").description, "View meetings (meeting), for every user in the account");
  EXPECT_EQ(describe("user:read").description, "View user, for the user alone");
}

TEST(Scope, ThatIsMalformedIsRecognised) {
  for (const std::string_view name : {"", ":", "a::b", "Meeting:read", "meeting read", "a:b:c:d:e", "admin", "meeting:read:", "é:read"}) {
    EXPECT_FALSE(is_well_formed(name)) << name;
  }
  EXPECT_FALSE(is_well_formed(std::string(scope_bytes_max + 1, 'a')));
}

TEST(ScopeCatalogue, ShipsEveryScopeAsItsNameDescribesIt) {
  const auto& builtin = ScopeCatalogue::builtin();
  EXPECT_EQ(builtin.size(), 2'934U);
  for (const auto& [name, entry] : builtin.entries()) {
    ASSERT_TRUE(is_well_formed(name)) << name;
    const auto described = describe(name);
    EXPECT_EQ(entry.level, described.level) << name;
    EXPECT_EQ(entry.privilege, described.privilege) << name;
    EXPECT_EQ(entry.description, described.description) << name;
  }
  EXPECT_EQ(builtin.find("no:such:scope"), nullptr);
}

}  // namespace
}  // namespace gatehouse::catalogue
