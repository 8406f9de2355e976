// Roles and groups: what can be defined, who may give what, and that a removed group leaves nothing behind.
#include "domain/limits.hpp"
#include "domain/privileges.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::directory_service;
using test::Scenario;

const RoleId market{"market"};
const GroupId team{"team"};

DefineRole role(const RoleId& id, std::vector<std::string> privileges) {
  return {{id, "A role", std::move(privileges)}};
}

TEST(DefineRole, DefinesThenChangesThenChangesNothing) {
  Scenario scenario;
  scenario.when(directory_service(), role(market, {"MarketPlace:Edit", "User:Read", "User:Read"}))
      .then({RoleDefined{market, "A role", {"MarketPlace:Edit", "User:Read"}}});
  scenario.when(directory_service(), role(market, {"User:Read", "MarketPlace:Edit"})).then_nothing();
  scenario.when(directory_service(), role(market, {})).then({RoleChanged{market, "A role", {}}});
}

TEST(DefineRole, RefusesBuiltInRolesAndUnknownPrivileges) {
  Scenario scenario;
  scenario.when(directory_service(), role(admin_role, {})).then_refused(RejectionCode::builtin_role);
  const auto outcome =
      scenario.when(directory_service(), role(market, {"User:Read", "User:Delete", "Marketplace:Edit"}));
  const auto& refused = outcome.then_refused(RejectionCode::unknown_privilege);
  ASSERT_EQ(refused.errors.size(), 2U);
  EXPECT_EQ(refused.errors[0].pointer, "/role/privileges/1");
  EXPECT_EQ(refused.errors[1].pointer, "/role/privileges/2");
}

TEST(DefineRole, AnAccountHasALimitedNumberOfRoles) {
  Scenario scenario;
  for (std::size_t index = 0; index < limits::roles_per_account_max; ++index) {
    scenario.given(directory_service(), role(RoleId{"role" + std::to_string(index)}, {}));
  }
  scenario.when(directory_service(), role(market, {})).then_refused(RejectionCode::too_many_items);
  scenario.when(directory_service(), role(RoleId{"role7"}, {"User:Read"})).then_names({"RoleChanged"});
}

TEST(GivingRoles, NobodyWritesIntoARoleWhatHeDoesNotHoldHimself) {
  Scenario scenario;
  scenario.given(directory_service(), role(RoleId{"roles"}, {"Role:Edit", "User:Read"}));
  scenario.given_member("ann", "roles");
  scenario.when(as("ann"), role(market, {"User:Read"})).then_names({"RoleDefined"});
  const auto outcome = scenario.when(as("ann"), role(RoleId{"roles"}, {"Role:Edit", "User:Read", "MarketPlace:Edit"}));
  EXPECT_EQ(outcome.then_refused(RejectionCode::privilege_required).privilege, "MarketPlace:Edit");
  scenario.when(as("owner"), role(RoleId{"roles"}, {"Role:Edit", "MarketPlace:Edit"})).then_names({"RoleChanged"});
  scenario.when(as("ann"), role(RoleId{"roles"}, {"MarketPlace:Edit"})).then_names({"RoleChanged"});
}

TEST(GivingRoles, NobodyAssignsARoleThatGrantsMoreThanHeHolds) {
  Scenario scenario;
  scenario.given(directory_service(), role(RoleId{"roles"}, {"Role:Edit"}));
  scenario.given(directory_service(), role(market, {"MarketPlace:Edit"}));
  scenario.given_member("ann", "roles").given_member("bob").given_member("cem", "admin");
  scenario.when(as("ann"), AssignRole{UserId{"ann"}, admin_role}).then_refused(RejectionCode::privilege_required);
  scenario.when(as("ann"), AssignRole{UserId{"bob"}, market}).then_refused(RejectionCode::privilege_required);
  scenario.when(as("ann"), AssignRole{UserId{"bob"}, RoleId{"roles"}}).then_names({"RoleAssigned"});
  scenario.when(as("cem"), AssignRole{UserId{"bob"}, market}).then_names({"RoleAssigned"});
}

TEST(GivingRoles, UserEditAloneGivesNoRoleButMember) {
  Scenario scenario;
  scenario.given(directory_service(), role(RoleId{"people"}, {"User:Edit"}));
  scenario.given(directory_service(), role(RoleId{"empty"}, {}));
  scenario.given_member("ann", "people").given_member("bob", "admin");
  AddMember newcomer{UserId{"cem"}, "cem@acme.example", {}, {}, RoleId{"empty"}};
  EXPECT_EQ(scenario.when(as("ann"), newcomer).then_refused(RejectionCode::privilege_required).privilege, "Role:Edit");
  newcomer.role = member_role;
  scenario.when(as("ann"), newcomer).then_names({"MemberAdded"});
  ChangeMember demotion;
  demotion.user_id = UserId{"bob"};
  demotion.role = member_role;
  scenario.when(as("ann"), demotion).then_refused(RejectionCode::privilege_required);
}

TEST(RemoveRole, IsRefusedWhileAMemberHoldsIt) {
  Scenario scenario;
  scenario.given(directory_service(), role(market, {"MarketPlace:Edit"})).given_member("ann", "market");
  scenario.when(directory_service(), RemoveRole{market}).then_refused(RejectionCode::role_in_use);
  scenario.given(directory_service(), AssignRole{UserId{"ann"}, member_role});
  scenario.when(directory_service(), RemoveRole{market}).then({RoleRemoved{market}});
  scenario.when(directory_service(), RemoveRole{market}).then_refused(RejectionCode::role_not_found);
  scenario.when(directory_service(), RemoveRole{admin_role}).then_refused(RejectionCode::builtin_role);
}

TEST(RemoveRole, IsNotHinderedByWhoIsDeactivatedAndGivesNothingToWhoNamesItStill) {
  Scenario scenario;
  scenario.given(directory_service(), role(market, {"MarketPlace:Edit"})).given_member("ann", "market");
  scenario.given(directory_service(), DeactivateMember{UserId{"ann"}});
  scenario.when(directory_service(), RemoveRole{market}).then_names({"RoleRemoved"});
  scenario.given_member("ann");
  EXPECT_FALSE(holds(scenario.state(), UserId{"ann"}, marketplace_edit));
}

TEST(AssignRole, TheSameRoleChangesNothing) {
  Scenario scenario;
  scenario.given_member("ann");
  scenario.when(directory_service(), AssignRole{UserId{"ann"}, member_role}).then_nothing();
  scenario.when(directory_service(), AssignRole{UserId{"owner"}, owner_role}).then_nothing();
  scenario.when(directory_service(), AssignRole{UserId{"nobody"}, member_role})
      .then_refused(RejectionCode::user_not_found);
  scenario.when(directory_service(), AssignRole{UserId{"ann"}, market}).then_refused(RejectionCode::role_not_found);
}

TEST(AssignRole, IsForActiveMembers) {
  Scenario scenario;
  scenario.given(directory_service(), role(market, {"MarketPlace:Edit"})).given_member("ann");
  scenario.given(directory_service(), DeactivateMember{UserId{"ann"}});
  scenario.when(directory_service(), AssignRole{UserId{"ann"}, market}).then_refused(RejectionCode::user_not_found);
  scenario.when(directory_service(), AssignRole{UserId{"ann"}, owner_role}).then_refused(RejectionCode::user_not_found);
}

TEST(CreateGroup, CreatesThenRenamesThenChangesNothing) {
  Scenario scenario;
  scenario.when(directory_service(), CreateGroup{team, "Team"}).then({GroupCreated{team, "Team"}});
  scenario.when(directory_service(), CreateGroup{team, "The team"}).then({GroupRenamed{team, "The team"}});
  scenario.when(directory_service(), CreateGroup{team, "The team"}).then_nothing();
}

TEST(AddGroupMembers, AddsEachActiveMemberOnceOrNobody) {
  Scenario scenario;
  scenario.given(directory_service(), CreateGroup{team, "Team"})
      .given_member("ann")
      .given_member("bob")
      .given_member("cem");
  scenario.given(directory_service(), DeactivateMember{UserId{"cem"}});
  const UserId ann{"ann"};
  const UserId bob{"bob"};
  const auto outcome =
      scenario.when(directory_service(), AddGroupMembers{team, {ann, UserId{"cem"}, bob, UserId{"nobody"}}});
  const auto& refused = outcome.then_refused(RejectionCode::user_not_found);
  ASSERT_EQ(refused.errors.size(), 2U);
  EXPECT_EQ(refused.errors[0].pointer, "/user_ids/1");
  EXPECT_EQ(refused.errors[1].pointer, "/user_ids/3");
  scenario.when(directory_service(), AddGroupMembers{team, {ann, bob, ann}})
      .then({GroupMemberAdded{team, ann}, GroupMemberAdded{team, bob}});
  scenario.when(directory_service(), AddGroupMembers{team, {bob, ann}}).then_nothing();
  scenario.when(directory_service(), AddGroupMembers{GroupId{"none"}, {bob}})
      .then_refused(RejectionCode::group_not_found);
}

TEST(AddGroupMembers, AMemberIsInALimitedNumberOfGroups) {
  Scenario scenario;
  scenario.given_member("ann").given(directory_service(), CreateGroup{team, "Team"});
  for (std::size_t index = 0; index < limits::groups_per_member_max; ++index) {
    const GroupId group{"group" + std::to_string(index)};
    scenario.given(GroupCreated{group, "A group"}).given(GroupMemberAdded{group, UserId{"ann"}});
  }
  scenario.when(directory_service(), AddGroupMembers{team, {UserId{"ann"}}})
      .then_refused(RejectionCode::too_many_items);
  scenario.given(directory_service(), RemoveGroup{GroupId{"group7"}});
  scenario.when(directory_service(), AddGroupMembers{team, {UserId{"ann"}}}).then_names({"GroupMemberAdded"});
}

TEST(RemoveGroupMembers, RemovesThoseWhoAreInIt) {
  Scenario scenario;
  const UserId ann{"ann"};
  scenario.given_member("ann").given_member("bob").given(directory_service(), CreateGroup{team, "Team"});
  scenario.given(directory_service(), AddGroupMembers{team, {ann}});
  scenario.when(directory_service(), RemoveGroupMembers{team, {ann, UserId{"bob"}}})
      .then({GroupMemberRemoved{team, ann}});
  scenario.when(directory_service(), RemoveGroupMembers{team, {ann}}).then_nothing();
  scenario.when(directory_service(), RemoveGroupMembers{team, {UserId{"nobody"}}})
      .then_refused(RejectionCode::user_not_found);
}

TEST(RemoveGroup, SaysHowManyWereInIt) {
  Scenario scenario;
  scenario.given_member("ann").given(directory_service(), CreateGroup{team, "Team"});
  scenario.given(directory_service(), AddGroupMembers{team, {UserId{"ann"}}});
  scenario.when(directory_service(), RemoveGroup{team}).then({GroupRemoved{team, 1}});
  scenario.when(directory_service(), RemoveGroup{team}).then_refused(RejectionCode::group_not_found);
}

}  // namespace
}  // namespace gatehouse
