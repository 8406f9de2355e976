#include <gtest/gtest.h>

#include "domain/gate.hpp"
#include "domain/limits.hpp"
#include "domain/request.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Emails = std::vector<std::string>;

AddAllowListEntries add_emails(Emails emails) { return {.app_id = notes, .emails = std::move(emails)}; }
AddAllowListEntries add_users(std::initializer_list<const char*> ids) { return {.app_id = notes, .user_ids = users(ids)}; }
RemoveAllowListEntries remove_users(std::initializer_list<const char*> ids) {
  return {.app_id = notes, .user_ids = users(ids)};
}

// Somebody has the app, so its list may be edited.
Scenario office_with_notes() {
  auto scenario = office();
  given_installed(scenario, {"dan"});
  return scenario;
}

TEST(R17, TheListOfAnAppThatNobodyOnTheAccountHasIsNotEdited) {
  auto scenario = office();
  scenario.when(admin, add_users({"ann"})).then_refused(RejectionCode::app_not_activated_or_installed);
  scenario.when(admin, SetInstallAudience{notes, Audience::selected})
      .then_refused(RejectionCode::app_not_activated_or_installed);
  given_installed(scenario, {"dan"});
  EXPECT_TRUE(scenario.when(admin, add_users({"ann"})).accepted());
  EXPECT_TRUE(scenario.when(admin, SetInstallAudience{notes, Audience::selected}).accepted());
}

TEST(R17, AnInstallationThatEndedDoesNotCount) {
  auto scenario = office_with_notes();
  EXPECT_TRUE(scenario.when_confirmed(as("dan"), Uninstall{.app_id = notes}).accepted());
  scenario.when(admin, add_users({"ann"})).then_refused(RejectionCode::app_not_activated_or_installed);
}

TEST(R17, TheAccountsOwnAppNeedsOnlyToBeActivated) {
  auto scenario = office();
  EXPECT_TRUE(scenario.when(admin, AddAllowListEntries{.app_id = tool, .user_ids = users({"ann"})}).accepted());
  scenario.given_app(
      "draft",
      [](AppRegistered& app) {
        app.developer = DeveloperKind::account;
        app.developer_account_id = AccountId{"acme"};
      },
      false);
  scenario.when(admin, AddAllowListEntries{.app_id = AppId{"draft"}, .user_ids = users({"ann"})})
      .then_refused(RejectionCode::app_not_activated_or_installed);
}

TEST(R17, D7_TheConditionIsCheckedWhenTheListIsEditedNotWhenItIsCutOrUsed) {
  auto scenario = office_with_notes();
  scenario.given(admin, add_users({"ann", "bob"}));
  EXPECT_TRUE(scenario.when_confirmed(as("dan"), Uninstall{.app_id = notes}).accepted());
  EXPECT_TRUE(scenario.when(admin, remove_users({"bob"})).accepted());
  EXPECT_TRUE(scenario.when(admin, GrantPreApproval{.app_id = notes, .audience = Audience::selected}).accepted());
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
}

TEST(R20, AMembersAddressBecomesTheMembersEntryAndAnUnknownOneIsKept) {
  auto scenario = office_with_notes();
  const auto outcome = scenario.when(admin, add_emails({"  Ann@ACME.example ", "newcomer@acme.example"}));
  const auto& bound = outcome.event<AllowListEntryAdded>(0).entry;
  EXPECT_EQ(bound.kind, EntryKind::user);
  EXPECT_EQ(bound.user_id, UserId{"ann"});
  EXPECT_EQ(bound.email, (PersonalText{"ann", "ann@acme.example"}));
  const auto& unbound = outcome.event<AllowListEntryAdded>(1).entry;
  EXPECT_EQ(unbound.kind, EntryKind::email);
  EXPECT_EQ(unbound.email, (PersonalText{"entry/" + unbound.entry_id.value, "newcomer@acme.example"}));
  EXPECT_TRUE(scenario.state().allow_list_entry(notes, "e:newcomer@acme.example").has_value());
}

TEST(R20, BadAddressesStrangersAndMissingGroupsAreAllPointedAtAndNothingIsAdded) {
  auto scenario = office_with_notes();
  auto command = add_emails({"not an address", "fine@acme.example"});
  command.user_ids = users({"ann", "nobody"});
  command.group_ids = {{GroupId{"missing"}}};
  const auto refusal = scenario.when(admin, command).then_refused(RejectionCode::invalid_email);
  EXPECT_THAT(errors_of(refusal), ElementsAre("/emails/0 invalid_email", "/user_ids/1 user_not_found",
                                              "/group_ids/0 group_not_found"));
  EXPECT_FALSE(scenario.state().allow_list_entry(notes, "u:ann").has_value());
}

TEST(R20, TheSameEntryTwiceInOneCommandIsRefusedHoweverItIsNamed) {
  auto scenario = office_with_notes();
  auto command = add_emails({"ANN@acme.example"});
  command.user_ids = users({"ann"});
  EXPECT_THAT(errors_of(scenario.when(admin, command).then_refused(RejectionCode::duplicate_entry)),
              ElementsAre("/user_ids/0 duplicate_entry"));
}

TEST(R20, AnEntryThatIsOnTheListAlreadyIsNoEvent) {
  auto scenario = office_with_notes();
  scenario.given(admin, add_users({"ann"}));
  const auto again = scenario.when(admin, add_users({"ann", "bob"}));
  again.then_names({"AllowListEntryAdded"});
  EXPECT_EQ(again.event<AllowListEntryAdded>().entry.user_id, UserId{"bob"});
  scenario.when(admin, add_users({"ann", "bob"})).then_nothing();
}

TEST(R20, NobodyAndTooManyAreRefused) {
  auto scenario = office_with_notes();
  scenario.when(admin, AddAllowListEntries{.app_id = notes}).then_refused(RejectionCode::invalid_value);
  scenario.when(admin, add_emails(Emails(limits::list_items_max + 1, "a@b.example")))
      .then_refused(RejectionCode::too_many_items);
}

TEST(R21, OnlyWhoIsListedMayInstallAdminsIncluded) {
  auto scenario = office_with_notes();
  given_grant(scenario, Audience::selected, users({"ann"}));
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
  EXPECT_THAT(unmet(scenario, "bob"), ElementsAre(GateCode::not_in_allow_list));
  EXPECT_THAT(unmet(scenario, "admin"), ElementsAre(GateCode::not_in_allow_list));
  require_approval(scenario, false);
  EXPECT_THAT(unmet(scenario, "bob"), ElementsAre(GateCode::not_in_allow_list)) << "a restriction of the app itself";
}

TEST(R21, AGroupOnTheListLetsItsMembersInWhileTheyAreInIt) {
  auto scenario = office_with_notes();
  scenario.given(admin, GrantPreApproval{.app_id = notes, .audience = Audience::selected, .group_ids = {{GroupId{"sales"}}}});
  EXPECT_THAT(unmet(scenario, "bob"), IsEmpty());
  EXPECT_THAT(unmet(scenario, "ann"), ElementsAre(GateCode::not_in_allow_list));
  scenario.given(directory_service(), RemoveGroupMembers{GroupId{"sales"}, users({"bob"})});
  EXPECT_THAT(unmet(scenario, "bob"), ElementsAre(GateCode::not_in_allow_list));
}

TEST(R21, ALaterGroupOfTheSameIdDoesNotInheritTheEntry) {
  auto scenario = office_with_notes();
  const GrantPreApproval command{.app_id = notes, .audience = Audience::selected, .group_ids = {{GroupId{"sales"}}}};
  scenario.given(admin, command);
  scenario.given(directory_service(), RemoveGroup{GroupId{"sales"}});
  scenario.given(directory_service(), CreateGroup{GroupId{"sales"}, "Others"});
  scenario.given(directory_service(), AddGroupMembers{GroupId{"sales"}, users({"ann"})});
  EXPECT_THAT(unmet(scenario, "ann"), ElementsAre(GateCode::not_in_allow_list));
  scenario.given(admin, command);
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
}

TEST(R20, D6_AnAddressBindsToTheMemberWhoAppearsAndFollowsHimWhenItChanges) {
  auto scenario = office_with_notes();
  scenario.given(admin, add_emails({"eve@acme.example"}));
  given_grant(scenario, Audience::selected, users({"ann"}));
  scenario.given_member("eve");
  EXPECT_FALSE(scenario.state().allow_list_entry(notes, "e:eve@acme.example").has_value());
  EXPECT_THAT(unmet(scenario, "eve"), IsEmpty());
  scenario.given(directory_service(), ChangeMember{UserId{"eve"}, "eve.new@acme.example", {}, {}, {}});
  EXPECT_THAT(unmet(scenario, "eve"), IsEmpty());
}

TEST(R22, D5_TakingEntriesOffTouchesNoSubscription) {
  auto scenario = office_with_notes();
  given_grant(scenario, Audience::selected, users({"ann"}));
  scenario.given(ann, Install{.app_id = notes});
  scenario.when(admin, remove_users({"ann"})).then_names({"AllowListEntryRemoved"});
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_THAT(unmet(scenario, "bob"), ElementsAre(GateCode::not_in_allow_list)) << "the audience stays selected";
}

TEST(R22, D5_EntriesAreTakenOffByWhateverNamesThemAllOrNothing) {
  auto scenario = office_with_notes();
  auto added = add_emails({"eve@acme.example", "ann@acme.example"});
  added.group_ids = {{GroupId{"sales"}}};
  scenario.given(admin, added);
  RemoveAllowListEntries command{.app_id = notes,
                                 .emails = Emails{"eve@acme.example", "ann@acme.example"},
                                 .user_ids = users({"bob"}),
                                 .group_ids = {{GroupId{"sales"}}}};
  EXPECT_THAT(errors_of(scenario.when(admin, command).then_refused(RejectionCode::entry_not_found)),
              ElementsAre("/user_ids/0 entry_not_found"));
  EXPECT_TRUE(scenario.state().allow_list_entry(notes, "e:eve@acme.example").has_value());
  command.user_ids.reset();
  const auto outcome = scenario.when(admin, command);
  outcome.then_names({"AllowListEntryRemoved", "AllowListEntryRemoved", "AllowListEntryRemoved"});
  EXPECT_EQ(outcome.result("removed"), "3");
}

TEST(R22, D5_TheEntryOfAMemberWhoLeftCanBeTakenOff) {
  auto scenario = office_with_notes();
  scenario.given(admin, add_users({"ann"}));
  scenario.given(directory_service(), RemoveMember{UserId{"ann"}});
  EXPECT_TRUE(scenario.when(admin, remove_users({"ann"})).accepted());
  scenario.when(admin, add_users({"ann"})).then_refused(RejectionCode::user_not_found);
}

TEST(R20, D9_AddingToAListInForceSettlesRequestsAndLiftsSuspensionsEachOnce) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"bob", "cid", "dan"});
  given_disabled(scenario);
  given_grant(scenario, Audience::selected, users({"ann"}));
  const auto of_bob = given_request(scenario, bob);
  auto command = add_users({"bob"});
  command.group_ids = {{GroupId{"sales"}}};
  const auto outcome = scenario.when(admin, command);
  EXPECT_EQ(outcome.event<AllowListEntryAdded>(0).approved_requests, 1U);
  EXPECT_EQ(outcome.event<AllowListEntryAdded>(0).lifted, 1U);
  EXPECT_EQ(outcome.event<AllowListEntryAdded>(1).approved_requests, 0U);
  EXPECT_EQ(outcome.event<AllowListEntryAdded>(1).lifted, 1U) << "cid alone: bob was lifted by his own entry";
  EXPECT_EQ(status_of(scenario, of_bob), RequestStatus::approved);
  EXPECT_EQ(state_of(scenario, "cid"), "active");
  EXPECT_EQ(state_of(scenario, "dan"), "pre_approval_off");
}

TEST(R20, D9_AddingToAListThatIsNotInForceSettlesNothing) {
  auto scenario = office_with_notes();
  const auto of_ann = given_request(scenario, ann);
  scenario.given(admin, add_users({"ann"}));
  EXPECT_EQ(status_of(scenario, of_ann), RequestStatus::pending);
}

}  // namespace
}  // namespace gatehouse::test
