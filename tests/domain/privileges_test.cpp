#include "domain/privileges.hpp"

#include <algorithm>

#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::Scenario;

TEST(Privileges, AreTheVendorsAreas) {
  EXPECT_TRUE(is_known_privilege("MarketPlace:Read"));
  EXPECT_TRUE(is_known_privilege("MarketPlace:Edit"));
  EXPECT_TRUE(is_known_privilege("Dashboard:Read"));
  EXPECT_FALSE(is_known_privilege("Dashboard:Edit"));
  EXPECT_TRUE(is_known_privilege("IMChatBot:Edit"));
  EXPECT_FALSE(is_known_privilege("IMChatBot:Read"));
  EXPECT_FALSE(is_known_privilege("Marketplace:Edit"));
  EXPECT_FALSE(is_known_privilege(""));
  EXPECT_TRUE(std::ranges::is_sorted(known_privileges()));
  EXPECT_EQ(std::ranges::adjacent_find(known_privileges()), known_privileges().end());
}

TEST(Privileges, EditImpliesReadAndNotTheOtherWayRound) {
  EXPECT_TRUE(grants({"User:Edit"}, "User:Read"));
  EXPECT_FALSE(grants({"User:Read"}, "User:Edit"));
  EXPECT_FALSE(grants({"User:Edit"}, "Role:Read"));
}

TEST(Privileges, FollowFromTheRoleOfAnActiveMember) {
  Scenario scenario;
  scenario.given(test::directory_service(), DefineRole{{RoleId{"market"}, "Market", {"MarketPlace:Edit"}}});
  scenario.given_member("ann", "admin").given_member("bob", "market").given_member("cem");
  const auto state = scenario.state();
  EXPECT_TRUE(holds(state, UserId{"owner"}, marketplace_edit));
  EXPECT_TRUE(holds(state, UserId{"ann"}, "Role:Edit"));
  EXPECT_TRUE(holds(state, UserId{"bob"}, marketplace_view));
  EXPECT_FALSE(holds(state, UserId{"bob"}, "Role:Edit"));
  EXPECT_FALSE(holds(state, UserId{"cem"}, marketplace_view));
  EXPECT_FALSE(holds(state, UserId{"nobody"}, marketplace_view));
  scenario.given(test::directory_service(), DeactivateMember{UserId{"bob"}});
  EXPECT_FALSE(holds(scenario.state(), UserId{"bob"}, marketplace_view));
}

}  // namespace
}  // namespace gatehouse
