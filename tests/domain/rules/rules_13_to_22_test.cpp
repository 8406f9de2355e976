// Chapter 1.3 of the rules: requests, pre-approval and its list, as admins see them. More of R14, R17 and R19 to R21 stands with the commands.
#include <gtest/gtest.h>

#include "domain/gate.hpp"
#include "domain/request.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(R13, AnAppCountsItsRequestsByWhatBecameOfThemEachKindByItself) {
  auto scenario = office();
  for (const auto* user : {"ann", "bob", "cid", "dan"})
    given_request(scenario, as(user));
  const auto latest = scenario.now();
  scenario.given(admin, ApproveRequests{.app_id = notes, .user_ids = users({"ann", "bob"})});
  scenario.given(admin, RejectRequests{.kind = RequestKind::pre_approval, .app_id = notes, .user_ids = users({"cid"})});
  given_request(scenario, ann, rooms);
  const auto counters = scenario.state().governed_app(notes).pre_approval_requests;
  EXPECT_EQ(counters.total, 4U);
  EXPECT_EQ(counters.pending, 1U);
  EXPECT_EQ(counters.approved, 2U);
  EXPECT_EQ(counters.rejected, 1U);
  EXPECT_EQ(counters.latest_at, latest);
  EXPECT_EQ(scenario.state().governed_app(notes).install_requests.total, 0U);
  EXPECT_EQ(scenario.state().governed_app(rooms).install_requests.pending, 1U);
}

TEST(R14, AnyHolderOfEditApprovesOrRejectsAndNobodyElse) {
  auto scenario = office();
  scenario.given(as("owner"), DefineRole{{RoleId{"apps"}, "Apps", {"MarketPlace:Edit"}}});
  scenario.given(as("owner"), DefineRole{{RoleId{"viewer"}, "Viewer", {"MarketPlace:Read"}}});
  scenario.given_member("eve", "apps").given_member("vic", "viewer");
  const auto of_ann = given_request(scenario, ann);
  const auto of_bob = given_request(scenario, bob);
  const RejectRequests reject{.kind = RequestKind::pre_approval, .app_id = notes, .user_ids = users({"bob"})};
  scenario.when(as("vic"), reject).then_refused(RejectionCode::privilege_required);
  scenario.when(as("eve"), reject).then_names({"PreApprovalRequestRejected"});
  scenario.when(as("eve"), ApproveRequests{.app_id = notes, .user_ids = users({"ann"})})
      .then_names({"PreApprovalRequestApproved", "PreApprovalGranted"});
  EXPECT_EQ(status_of(scenario, of_ann), RequestStatus::approved);
  EXPECT_EQ(status_of(scenario, of_bob), RequestStatus::rejected);
}

TEST(R14, D8_WhatApprovingOpensDependsOnWhatIsOpenAlready) {
  auto scenario = office();
  given_request(scenario, ann);
  given_request(scenario, bob);
  scenario.given(admin, ApproveRequests{.app_id = notes, .user_ids = users({"ann"})});
  EXPECT_EQ(scenario.state().governed_app(notes).audience, Audience::selected) << "off became on for those approved";
  EXPECT_THAT(unmet(scenario, "cid"), ElementsAre(GateCode::not_in_allow_list));
  scenario.given(admin, ApproveRequests{.app_id = notes, .user_ids = users({"bob"})});
  EXPECT_THAT(unmet(scenario, "bob"), IsEmpty()) << "appended";
  scenario.given(admin, ApproveAllRequests{.app_id = notes});
  EXPECT_THAT(unmet(scenario, "cid"), IsEmpty()) << "approving all opens the app for everyone";
}

TEST(R15, ARequestKeepsWhoAskedWhenAndWhy) {
  auto scenario = office();
  const auto request = given_request(scenario, ann);
  scenario.given(directory_service(), ChangeMember{UserId{"ann"}, "ann.new@acme.example", {}, "Support", {}});
  const auto row = request_of(scenario, request);
  EXPECT_EQ(row.details.user_id, UserId{"ann"});
  EXPECT_EQ(row.details.user_email.text, "ann@acme.example") << "as it was when she asked";
  EXPECT_EQ(row.details.department.text, "Sales");
  EXPECT_EQ(row.details.reason.text, "For the weekly review");
  EXPECT_LT(row.requested_at, scenario.now());
  EXPECT_EQ(row.status, RequestStatus::pending);
}

TEST(R16, InstallationIsLimitedToCertainUsersForAPublicAndForAnOwnPrivateApp) {
  auto scenario = office();
  given_installed(scenario, {"dan"});
  for (const auto& app : {notes, tool}) {
    scenario.given(admin, AddAllowListEntries{.app_id = app, .user_ids = users({"ann"})});
    scenario.given(admin, GrantPreApproval{.app_id = app, .audience = Audience::everyone});
    scenario.when(admin, SetInstallAudience{app, Audience::selected}).then_names({"InstallAudienceChanged"});
    EXPECT_THAT(unmet(scenario, "ann", app), IsEmpty());
    EXPECT_THAT(unmet(scenario, "bob", app), ElementsAre(GateCode::not_in_allow_list));
  }
}

TEST(R16, AnotherAccountsPrivateAppIsInvisible) {
  auto scenario = office();
  const auto of_others = [](AppRegistered& app) {
    app.developer = DeveloperKind::account;
    app.developer_account_id = AccountId{"globex"};
  };
  scenario.given_app("theirs", of_others, false);
  scenario.when(admin, SetInstallAudience{AppId{"theirs"}, Audience::selected})
      .then_refused(RejectionCode::app_not_found);
  scenario.when(admin, AddAllowListEntries{.app_id = AppId{"theirs"}, .user_ids = users({"ann"})})
      .then_refused(RejectionCode::app_not_found);
}

TEST(R17, D7_ApprovingASingleRequestNeedsNoInstallationOnTheAccount) {
  auto scenario = office();
  scenario.when(admin, AddAllowListEntries{.app_id = notes, .user_ids = users({"ann"})})
      .then_refused(RejectionCode::app_not_activated_or_installed);
  given_request(scenario, ann);
  EXPECT_TRUE(scenario.when(admin, ApproveRequests{.app_id = notes, .user_ids = users({"ann"})}).accepted());
}

TEST(R17, ASuspendedInstallationCountsAsOne) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"dan"});
  given_disabled(scenario);
  EXPECT_TRUE(scenario.when(admin, AddAllowListEntries{.app_id = notes, .user_ids = users({"ann"})}).accepted());
}

TEST(R18, InstallationsWithProductionAndWithDevelopmentCredentialsAreToldApart) {
  auto scenario = office();
  require_approval(scenario, false);
  scenario.given(ann, Install{.app_id = notes});
  scenario.given(bob, Install{.app_id = notes, .credentials = Credentials::development});
  const auto credentials_of = [&](const UserId& user) {
    return scenario.state().user_subscription(notes, user)->credentials;
  };
  EXPECT_EQ(credentials_of(UserId{"ann"}), Credentials::production);
  EXPECT_EQ(credentials_of(UserId{"bob"}), Credentials::development);
}

TEST(R19, TheListTakesEffectOnlyWhilePreApprovalIsOnAndIsKeptWhileItIsOff) {
  auto scenario = office();
  given_grant(scenario, Audience::selected, users({"ann"}));
  given_disabled(scenario);
  scenario.given(admin, RemoveAllowListEntries{.app_id = notes, .user_ids = users({"ann"})});
  given_installed(scenario, {"dan"});
  scenario.given(admin, AddAllowListEntries{.app_id = notes, .user_ids = users({"bob"})});
  EXPECT_THAT(unmet(scenario, "bob"), ElementsAre(GateCode::pre_approval_required));
  given_grant(scenario, Audience::selected);
  EXPECT_THAT(unmet(scenario, "bob"), IsEmpty());
  EXPECT_THAT(unmet(scenario, "ann"), ElementsAre(GateCode::not_in_allow_list));
}

TEST(R19, D9_GrantingSettlesTheRequestsOfThoseItCoversAndCountsThem) {
  auto scenario = office();
  const auto of_ann = given_request(scenario, ann);
  const auto of_dan = given_request(scenario, as("dan"));
  const GrantPreApproval for_ann{.app_id = notes, .audience = Audience::selected, .user_ids = users({"ann"})};
  EXPECT_EQ(scenario.when(admin, for_ann).event<PreApprovalGranted>().approved_requests, 1U);
  EXPECT_EQ(status_of(scenario, of_ann), RequestStatus::approved);
  EXPECT_EQ(status_of(scenario, of_dan), RequestStatus::pending);
}

TEST(R20, AnEntryFollowsItsMemberWhenTheAddressChanges) {
  auto scenario = office();
  given_installed(scenario, {"dan"});
  scenario.given(admin,
                 GrantPreApproval{.app_id = notes, .audience = Audience::selected, .emails = {{" ANN@acme.example "}}});
  scenario.given(directory_service(), ChangeMember{UserId{"ann"}, "ann.new@acme.example", {}, {}, {}});
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
  scenario.given(directory_service(), AddMember{UserId{"eve"}, "ann@acme.example", {}, {}, {}});
  EXPECT_THAT(unmet(scenario, "eve"), ElementsAre(GateCode::not_in_allow_list))
      << "the address is hers now, the entry is not";
}

TEST(R21, WhoIsNotListedIsRefusedWithThatReason) {
  auto scenario = office();
  given_grant(scenario, Audience::selected, users({"ann"}));
  scenario.when(ann, Install{.app_id = notes}).then_names({"AppInstalled"});
  scenario.when(bob, Install{.app_id = notes}).then_refused(RejectionCode::not_in_allow_list);
  scenario.when(admin, Install{.app_id = notes}).then_refused(RejectionCode::not_in_allow_list);
}

TEST(R22, TakingSomebodyOffTheListKeepsWhatHeInstalledAndANewInstallIsJudgedAnew) {
  auto scenario = office();
  given_grant(scenario, Audience::selected, users({"ann", "bob"}));
  scenario.given(ann, Install{.app_id = notes});
  scenario.when(admin, RemoveAllowListEntries{.app_id = notes, .user_ids = users({"ann"})})
      .then_names({"AllowListEntryRemoved"});
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  ASSERT_TRUE(scenario.when_confirmed(ann, Uninstall{.app_id = notes}).accepted());
  scenario.when(ann, Install{.app_id = notes}).then_refused(RejectionCode::not_in_allow_list);
}

}  // namespace
}  // namespace gatehouse::test
