// Members: who may have which address, what a member takes along, and that an account keeps its owner.
#include "domain/limits.hpp"
#include "domain/privileges.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::directory_service;
using test::Scenario;

AddMember new_member(const std::string& user, const std::string& email) {
  return {UserId{user}, email, "Ann", "Sales", {}};
}

ChangeMember change(const std::string& user) {
  ChangeMember command;
  command.user_id = UserId{user};
  return command;
}

TEST(AddMember, GivesTheRoleMemberAndNormalisesTheAddress) {
  Scenario scenario;
  const UserId ann{"ann"};
  const auto outcome = scenario.when(directory_service(), new_member("ann", " Ann@Acme.Example "));
  outcome.then(
      {MemberAdded{ann, member_role, personal(ann, "ann@acme.example"), personal(ann, "Ann"), personal(ann, "Sales")}});
  EXPECT_EQ(outcome.result("user_id"), "ann");
  EXPECT_EQ(scenario.state().member_with_email("ann@acme.example"), ann);
  EXPECT_EQ(scenario.state().account()->active_members, 2U);
}

TEST(AddMember, TheSameAgainChangesNothingAndOtherDataIsRefused) {
  Scenario scenario;
  scenario.given(directory_service(), new_member("ann", "ann@acme.example"));
  scenario.when(directory_service(), new_member("ann", "ANN@acme.example")).then_nothing();
  scenario.when(directory_service(), new_member("ann", "other@acme.example"))
      .then_refused(RejectionCode::member_exists);
}

TEST(AddMember, NeedsAFreeAddress) {
  Scenario scenario;
  scenario.when(directory_service(), new_member("ann", "Owner@Acme.example")).then_refused(RejectionCode::email_in_use);
  const auto refused = scenario.when(directory_service(), new_member("ann", "no address"));
  EXPECT_EQ(refused.then_refused(RejectionCode::invalid_email).errors.at(0).pointer, "/email");
}

TEST(AddMember, AnAddressIsFreeAgainWhenItsMemberWasRemovedButNotWhileDeactivated) {
  Scenario scenario;
  scenario.given_member("bob").given(directory_service(), DeactivateMember{UserId{"bob"}});
  scenario.when(directory_service(), new_member("ann", "bob@acme.example")).then_refused(RejectionCode::email_in_use);
  scenario.given(directory_service(), RemoveMember{UserId{"bob"}});
  scenario.when(directory_service(), new_member("ann", "bob@acme.example")).then_names({"MemberAdded"});
  scenario.when(directory_service(), new_member("bob", "bob@acme.example")).then_refused(RejectionCode::email_in_use);
}

TEST(AddMember, ReturnsAMemberWhoLeftWithTheRoleThatIsSentNow) {
  Scenario scenario;
  scenario.given_member("ann", "admin").given(directory_service(), RemoveMember{UserId{"ann"}});
  scenario.when(directory_service(), new_member("ann", "ann@acme.example")).then_names({"MemberAdded"});
  EXPECT_EQ(scenario.state().active_member(UserId{"ann"})->role_id, member_role);
  scenario.given(directory_service(), DeactivateMember{UserId{"ann"}});
  scenario.when(directory_service(), new_member("ann", "ann@new.example")).then_names({"MemberAdded"});
  EXPECT_FALSE(scenario.state().member_with_email("ann@acme.example"));
  EXPECT_EQ(scenario.state().account()->active_members, 2U);
}

TEST(AddMember, MakesNoSecondOwnerAndNoUnknownRole) {
  Scenario scenario;
  auto command = new_member("ann", "ann@acme.example");
  command.role = owner_role;
  scenario.when(directory_service(), command).then_refused(RejectionCode::owner_required);
  command.role = RoleId{"nobody"};
  scenario.when(directory_service(), command).then_refused(RejectionCode::role_not_found);
}

TEST(AddMember, D6_BindsTheEntriesThatWereMadeForTheAddress) {
  Scenario scenario;
  scenario.given_app("chat").given_app("docs");
  const UserId ann{"ann"};
  for (const auto* app : {"chat", "docs"}) {
    AllowListEntry entry;
    entry.entry_id = EntryId{std::string("entry-") + app};
    entry.kind = EntryKind::email;
    entry.email = personal(entry.entry_id, "ann@acme.example");
    scenario.given(AllowListEntryAdded{.app_id = AppId{app}, .entry = entry});
  }
  const auto outcome = scenario.when(directory_service(), new_member("ann", "ann@acme.example"));
  outcome.then_names({"MemberAdded", "AllowListEntryBound", "AllowListEntryBound"});
  EXPECT_EQ(outcome.event<AllowListEntryBound>(1).entry_id, EntryId{"entry-chat"});
  EXPECT_EQ(outcome.event<AllowListEntryBound>(2).user_id, ann);
  scenario.when(directory_service(), change("ann")).then_nothing();
}

TEST(ChangeMember, EachPartIsAnEventOfItsOwnAndNothingNewIsNone) {
  Scenario scenario;
  const UserId ann{"ann"};
  scenario.given_member("ann");
  auto command = change("ann");
  command.email = "ANN@acme.example";
  command.name = "ann";
  command.role = member_role;
  scenario.when(directory_service(), command).then_nothing();
  command.email = "ann@new.example";
  command.department = "Legal";
  command.role = admin_role;
  scenario.when(directory_service(), command)
      .then({RoleAssigned{ann, admin_role, member_role},
             MemberProfileChanged{ann, personal(ann, "ann"), personal(ann, "Legal")},
             MemberEmailChanged{ann, personal(ann, "ann@new.example")}});
  EXPECT_EQ(scenario.state().member_with_email("ann@new.example"), ann);
  EXPECT_FALSE(scenario.state().member_with_email("ann@acme.example"));
}

TEST(ChangeMember, IsForMembersWhoAreThere) {
  Scenario scenario;
  scenario.given_member("ann").given(directory_service(), RemoveMember{UserId{"ann"}});
  scenario.when(directory_service(), change("ann")).then_refused(RejectionCode::user_not_found);
  scenario.when(directory_service(), change("nobody")).then_refused(RejectionCode::user_not_found);
}

TEST(ChangeMember, BindsEntriesOfTheNewAddress) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann");
  AllowListEntry entry;
  entry.entry_id = EntryId{"entry"};
  entry.kind = EntryKind::email;
  entry.email = personal(entry.entry_id, "ann@new.example");
  scenario.given(AllowListEntryAdded{.app_id = AppId{"chat"}, .entry = entry});
  auto command = change("ann");
  command.email = "ann@new.example";
  scenario.when(directory_service(), command).then_names({"MemberEmailChanged", "AllowListEntryBound"});
}

TEST(DeactivateMember, SaysWhatItSuspendsAndWithdraws) {
  Scenario scenario;
  scenario.given_app("chat").given_app("docs").given_member("ann");
  scenario.given(as("ann"), Install{.app_id = AppId{"chat"}});
  scenario.given(as("owner"), SetApprovalPolicy{AppClass::public_, true, false, false});
  scenario.given(as("ann"), RequestPreApproval{AppId{"docs"}, {}, {}});
  scenario.when(directory_service(), DeactivateMember{UserId{"ann"}}).then({MemberDeactivated{UserId{"ann"}, 1, 1}});
  scenario.when(directory_service(), DeactivateMember{UserId{"ann"}}).then_nothing();
}

TEST(RemoveMember, D26_SaysWhatItEndsAndWithdraws) {
  Scenario scenario;
  scenario.given_app("chat").given_app("docs").given_member("ann");
  scenario.given(as("ann"), Install{.app_id = AppId{"chat"}});
  scenario.given(as("owner"), AddAppForUsers{AppId{"docs"}, Audience::everyone, {}, {}});
  scenario.when(directory_service(), RemoveMember{UserId{"ann"}}).then({MemberRemoved{UserId{"ann"}, 2, 0}});
  scenario.when(directory_service(), RemoveMember{UserId{"ann"}}).then_nothing();
  scenario.when(directory_service(), DeactivateMember{UserId{"ann"}}).then_refused(RejectionCode::user_not_found);
  scenario.when(directory_service(), RemoveMember{UserId{"nobody"}}).then_refused(RejectionCode::user_not_found);
}

TEST(Owner, IsNeitherRemovedNorDeactivatedNorDemoted) {
  Scenario scenario;
  auto demotion = change("owner");
  demotion.role = member_role;
  for (const Command& command : {Command(DeactivateMember{UserId{"owner"}}), Command(RemoveMember{UserId{"owner"}}),
                                 Command(demotion), Command(AssignRole{UserId{"owner"}, admin_role})}) {
    scenario.when(directory_service(), command).then_refused(RejectionCode::owner_required);
  }
}

TEST(Owner, HandsTheAccountOverAndBecomesAdmin) {
  Scenario scenario;
  scenario.given_member("ann", "admin").given_member("bob");
  scenario.when(as("ann"), AssignRole{UserId{"bob"}, owner_role}).then_refused(RejectionCode::privilege_required);
  scenario.when(as("owner"), AssignRole{UserId{"bob"}, owner_role})
      .then({RoleAssigned{UserId{"owner"}, admin_role, owner_role},
             RoleAssigned{UserId{"bob"}, owner_role, member_role}});
  EXPECT_EQ(scenario.state().account()->owner_id, UserId{"bob"});
  scenario.when(directory_service(), RemoveMember{UserId{"owner"}}).then_names({"MemberRemoved"});
}

TEST(Owner, IsAnActiveMember) {
  Scenario scenario;
  scenario.given_member("bob").given(directory_service(), DeactivateMember{UserId{"bob"}});
  scenario.when(directory_service(), AssignRole{UserId{"bob"}, owner_role}).then_refused(RejectionCode::user_not_found);
}

}  // namespace
}  // namespace gatehouse
