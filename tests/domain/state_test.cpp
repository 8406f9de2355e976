#include "domain/state.hpp"

#include <gmock/gmock.h>

#include "domain/privileges.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using ::testing::ElementsAre;
using test::directory_service;
using test::Scenario;

TEST(State, OfAnotherAccountIsNotSeen) {
  Scenario scenario;
  scenario.given_member("ann").given(directory_service(), CreateGroup{GroupId{"team"}, "Team"});
  const State other(scenario.rows(), AccountId{"acm"});
  EXPECT_FALSE(other.account());
  EXPECT_FALSE(other.member(UserId{"ann"}));
  EXPECT_FALSE(other.group(GroupId{"team"}));
  EXPECT_FALSE(other.member_with_email("ann@acme.example"));
  EXPECT_EQ(other.governed_app(AppId{"chat"}).version, 0U);
}

TEST(State, BuiltInRolesAreThereWithoutARow) {
  const Scenario scenario;
  EXPECT_EQ(scenario.state().role(admin_role)->privileges.size(), known_privileges().size());
  EXPECT_TRUE(scenario.state().role(member_role)->privileges.empty());
  EXPECT_FALSE(scenario.state().role(RoleId{"other"}));
}

TEST(State, AnActiveMemberIsNeitherDeactivatedNorRemoved) {
  Scenario scenario;
  scenario.given_member("ann").given(directory_service(), DeactivateMember{UserId{"ann"}});
  EXPECT_TRUE(scenario.state().member(UserId{"ann"}));
  EXPECT_FALSE(scenario.state().active_member(UserId{"ann"}));
}

TEST(State, GroupsAreFoundFromBothSides) {
  Scenario scenario;
  scenario.given_member("ann").given_member("bob");
  for (const auto* group : {"a", "b", "c"}) scenario.given(directory_service(), CreateGroup{GroupId{group}, group});
  scenario.given(directory_service(), AddGroupMembers{GroupId{"c"}, {UserId{"bob"}, UserId{"ann"}}});
  scenario.given(directory_service(), AddGroupMembers{GroupId{"a"}, {UserId{"ann"}}});
  EXPECT_THAT(scenario.state().groups_of(UserId{"ann"}), ElementsAre(GroupId{"a"}, GroupId{"c"}));
  std::vector<UserId> members;
  scenario.state().visit_group_members(GroupId{"c"}, [&](const UserId& user) {
    members.push_back(user);
    return true;
  });
  EXPECT_THAT(members, ElementsAre(UserId{"ann"}, UserId{"bob"}));
  scenario.state().visit_group_members(GroupId{"c"}, [&](const UserId& user) {
    members.push_back(user);
    return false;
  });
  EXPECT_EQ(members.size(), 3U);
}

}  // namespace
}  // namespace gatehouse
