#include <gtest/gtest.h>

#include "domain/gate.hpp"
#include "domain/request.hpp"
#include "domain/user_state.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

RequestPreApproval ask_for(const AppId& app, std::optional<Credentials> credentials = {}) {
  return {.app_id = app, .reason = "For the weekly review", .credentials = credentials};
}

TEST(R9, AMemberAsksForAnAppThatNeedsApprovalAndTheEventKeepsWhatWasAskedFor) {
  auto scenario = office();
  const auto outcome = scenario.when(ann, ask_for(notes));
  const auto& request = outcome.event<PreApprovalRequested>().request;
  EXPECT_EQ(request.request_id.value, outcome.result("request_id"));
  EXPECT_EQ(request.app_id, notes);
  EXPECT_EQ(request.user_id, UserId{"ann"});
  EXPECT_EQ(request.user_email, (PersonalText{"ann", "ann@acme.example"}));
  EXPECT_EQ(request.department, (PersonalText{"ann", "Sales"}));
  EXPECT_EQ(request.reason, (PersonalText{"ann", "For the weekly review"}));
  EXPECT_EQ(request.app_name, "notes");
  EXPECT_EQ(request.management_level, ManagementLevel::user);
  EXPECT_EQ(request.app_class, AppClass::public_);
  EXPECT_EQ(request.credentials, Credentials::production);
  EXPECT_THAT(request.required_scopes, ElementsAre("meeting:read"));
  EXPECT_THAT(request.optional_scopes, ElementsAre("meeting:write"));
  EXPECT_EQ(request.manifest_version, 1U);
  EXPECT_EQ(status_of(scenario, request.request_id), RequestStatus::pending);
}

TEST(R9, AskingTwiceAnswersTheOpenRequest) {
  auto scenario = office();
  const auto open = given_request(scenario, ann);
  EXPECT_EQ(scenario.when(ann, ask_for(notes)).then_refused(RejectionCode::request_already_pending).request_id, open);
}

TEST(R9, AnotherMembersPendingRequestIsInNobodysWay) {
  auto scenario = office();
  given_request(scenario, ann);
  EXPECT_TRUE(scenario.when(bob, ask_for(notes)).accepted());
}

TEST(R9, AnAppPreApprovedForOthersOnlyCanBeAskedFor) {
  auto scenario = office();
  given_grant(scenario, Audience::selected, users({"bob"}));
  EXPECT_TRUE(scenario.when(ann, ask_for(notes)).accepted());
  scenario.when(bob, ask_for(notes)).then_refused(RejectionCode::already_pre_approved);
}

TEST(R9, AListedAppOutsideTheAudienceCanBeAskedForEvenWhenNoApprovalIsRequired) {
  auto scenario = office();
  require_approval(scenario, false);
  given_grant(scenario, Audience::selected, users({"bob"}));
  EXPECT_THAT(unmet(scenario, "ann"), ElementsAre(GateCode::not_in_allow_list));
  EXPECT_TRUE(scenario.when(ann, ask_for(notes)).accepted());
}

TEST(R9, AnAppPreApprovedForEveryoneIsNotAskedFor) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  scenario.when(ann, ask_for(notes)).then_refused(RejectionCode::already_pre_approved);
}

TEST(R9, AnAppThatNeedsNoApprovalIsNotAskedFor) {
  auto scenario = office();
  require_approval(scenario, false);
  scenario.when(ann, ask_for(notes)).then_refused(RejectionCode::approval_not_required);
}

TEST(R9, AnInstalledAppIsNotAskedFor) {
  auto scenario = office();
  given_installed(scenario, {"ann"});
  scenario.when(ann, ask_for(notes)).then_refused(RejectionCode::already_installed);
}

TEST(R9, ASubscriptionThatAnAdminSwitchedOffIsNotAskedFor) {
  auto scenario = office();
  given_installed(scenario, {"ann"});
  scenario.given(admin, DisableSubscription{notes, UserId{"ann"}});
  scenario.when(ann, ask_for(notes)).then_refused(RejectionCode::already_installed);
}

TEST(R9, WhoLostTheAppToSwitchedOffPreApprovalMayAskForItAgainAndGetsItBack) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"ann"});
  given_disabled(scenario);
  EXPECT_EQ(state_of(scenario, "ann"), "pre_approval_off");
  const auto request = given_request(scenario, ann);
  scenario.given(admin, ApproveRequests{.app_id = notes, .request_ids = {{request}}});
  EXPECT_EQ(state_of(scenario, "ann"), "active");
}

TEST(R9, AnAccountLevelAppIsNotPreApprovedOnRequest) {
  auto scenario = office();
  scenario.when(ann, ask_for(rooms)).then_refused(RejectionCode::account_level_app);
}

TEST(R9, AnInvisibleAppReadsLikeOneThatDoesNotExist) {
  auto scenario = office();
  scenario.given_app(
      "foreign",
      [](AppRegistered& app) {
        app.developer = DeveloperKind::account;
        app.developer_account_id = AccountId{"other"};
      },
      false);
  const auto foreign = scenario.when(ann, ask_for(AppId{"foreign"})).then_refused(RejectionCode::app_not_found);
  const auto missing = scenario.when(ann, ask_for(AppId{"missing"})).then_refused(RejectionCode::app_not_found);
  EXPECT_EQ(foreign.detail, missing.detail);
}

TEST(R9, AWithdrawnAppAndMissingCredentialsAreNotAskedFor) {
  auto scenario = office();
  scenario.given_app("plain", [](AppRegistered& app) { app.facts.has_development = false; });
  scenario.when(ann, ask_for(AppId{"plain"}, Credentials::development))
      .then_refused(RejectionCode::credentials_not_available);
  scenario.at(catalogue_stream).given(AppWithdrawn{notes}).at(AccountId{"acme"});
  scenario.when(ann, ask_for(notes)).then_refused(RejectionCode::app_not_available);
}

TEST(R11, MissingScopesDoNotStandInTheWayOfAsking) {
  auto scenario = office();
  scenario.given_app("reports", [](AppRegistered& app) { app.facts.required_scopes = {"report:read:admin"}; });
  EXPECT_THAT(unmet(scenario, "ann", AppId{"reports"}),
              ElementsAre(GateCode::pre_approval_required, GateCode::missing_scopes));
  EXPECT_TRUE(scenario.when(ann, ask_for(AppId{"reports"})).accepted());
}

TEST(R12, TheGateGoesFromRequiredToPendingToOpenToInstalled) {
  auto scenario = office();
  EXPECT_THAT(unmet(scenario, "ann"), ElementsAre(GateCode::pre_approval_required));
  const auto request = given_request(scenario, ann);
  EXPECT_THAT(unmet(scenario, "ann"), ElementsAre(GateCode::request_pending));
  scenario.given(admin, ApproveRequests{.app_id = notes, .request_ids = {{request}}});
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
  scenario.given(ann, Install{.app_id = notes});
  EXPECT_THAT(unmet(scenario, "ann"), ElementsAre(GateCode::already_installed));
}

TEST(R28, ARequestStaysPendingWhenApprovalIsNoLongerRequiredAndCanStillBeDecided) {
  auto scenario = office();
  const auto request = given_request(scenario, ann);
  require_approval(scenario, false);
  EXPECT_EQ(status_of(scenario, request), RequestStatus::pending);
  scenario.given(admin, ApproveRequests{.app_id = notes, .request_ids = {{request}}});
  EXPECT_EQ(status_of(scenario, request), RequestStatus::approved);
}

TEST(R9, D10_AfterARejectionANewRequestWithANewIdIsAllowedAtOnce) {
  auto scenario = office();
  const auto first = given_request(scenario, ann);
  scenario.given(admin,
                 RejectRequests{.kind = RequestKind::pre_approval, .app_id = notes, .user_ids = {users({"ann"})}});
  const auto second = given_request(scenario, ann);
  EXPECT_NE(first, second);
  EXPECT_EQ(status_of(scenario, first), RequestStatus::rejected);
  EXPECT_EQ(status_of(scenario, second), RequestStatus::pending);
}

TEST(R9, D10_AfterAllWereDeclinedAtOnceANewRequestIsAllowed) {
  auto scenario = office();
  const auto first = given_request(scenario, ann);
  EXPECT_TRUE(scenario.when_confirmed(admin, DeclineAllRequests{.app_id = notes}).accepted());
  const auto second = given_request(scenario, ann);
  EXPECT_EQ(status_of(scenario, first), RequestStatus::rejected);
  EXPECT_EQ(status_of(scenario, second), RequestStatus::pending);
}

TEST(R8, D23_ARestrictedAppAndABlockedMemberAreRefused) {
  auto scenario = office();
  scenario.given(admin, SetUserInstallBlock{true});
  scenario.when(ann, ask_for(notes)).then_refused(RejectionCode::user_installs_blocked);
  scenario.when(ann, RequestInstall{rooms, {}, {}}).then_refused(RejectionCode::user_installs_blocked);
  EXPECT_TRUE(scenario.when(admin, ask_for(notes)).accepted());
  scenario.given(admin, SetUserInstallBlock{false});
  scenario.given(admin, RestrictApp{.app_id = notes}).given(admin, RestrictApp{.app_id = rooms});
  scenario.when(ann, ask_for(notes)).then_refused(RejectionCode::app_restricted);
  scenario.when(ann, RequestInstall{rooms, {}, {}}).then_refused(RejectionCode::app_restricted);
  scenario.given(admin, SetUserInstallBlock{true});
  scenario.when(ann, ask_for(notes)).then_refused(RejectionCode::user_installs_blocked);
  EXPECT_EQ(standing_of(scenario.state(), notes, UserId{"ann"}).user_state, UserState::blocked) << "as the gate says";
}

TEST(R9, WhomTheSwitchedOffPreApprovalSuspendsIsNotToldToInstallWhatHeHas) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"ann"});
  given_disabled(scenario);
  require_approval(scenario, false);
  scenario.when(ann, ask_for(notes)).then_refused(RejectionCode::already_installed);
  scenario.given(admin, SetUserInstallBlock{true});
  scenario.when(ann, ask_for(notes)).then_refused(RejectionCode::already_installed);
}

TEST(D16, AnAppThatIsNotActiveAndHasNoSuchCredentialsIsSaidToBeBoth) {
  auto scenario = office();
  scenario.given_app("plain", [](AppRegistered& app) { app.facts.has_development = false; });
  scenario.at(catalogue_stream).given(AppWithdrawn{AppId{"plain"}}).at(AccountId{"acme"});
  const auto found = unmet(scenario, "ann", AppId{"plain"}, Credentials::development);
  ASSERT_GE(found.size(), 2U);
  EXPECT_EQ(found[0], GateCode::app_not_available);
  EXPECT_EQ(found[1], GateCode::credentials_not_available);
}

TEST(R30, D24_ADevelopmentInstallIsAskedForEvenWhenThePublicAppIsPreApproved) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  const auto outcome = scenario.when(ann, ask_for(notes, Credentials::development));
  EXPECT_EQ(outcome.event<PreApprovalRequested>().request.app_class, AppClass::unlisted);
  EXPECT_EQ(outcome.event<PreApprovalRequested>().request.credentials, Credentials::development);
}

TEST(R41, AMemberAsksAdminsToInstallAnAccountLevelApp) {
  auto scenario = office();
  const auto outcome = scenario.when(ann, RequestInstall{rooms, "We need it", {}});
  outcome.then_names({"InstallRequested"});
  EXPECT_EQ(outcome.event<InstallRequested>().request.management_level, ManagementLevel::account);
  const auto open = RequestId{outcome.result("request_id")};
  EXPECT_EQ(
      scenario.when(ann, RequestInstall{rooms, {}, {}}).then_refused(RejectionCode::install_request_pending).request_id,
      open);
}

TEST(R41, ApprovalTogglesDoNotMatterForARequestToInstall) {
  auto scenario = office();
  require_approval(scenario, false);
  EXPECT_TRUE(scenario.when(ann, RequestInstall{rooms, {}, {}}).accepted());
}

TEST(R41, AUserLevelAppAnAdminAndAnInstalledAppNeedNoRequestToInstall) {
  auto scenario = office();
  scenario.when(ann, RequestInstall{notes, {}, {}}).then_refused(RejectionCode::user_level_app);
  scenario.when(admin, RequestInstall{rooms, {}, {}}).then_refused(RejectionCode::admin_may_install);
  scenario.given(admin, Install{.app_id = rooms, .scope = SubscriptionScope::account});
  scenario.when(ann, RequestInstall{rooms, {}, {}}).then_refused(RejectionCode::already_installed);
}

TEST(D12, TheRequesterWithdrawsHisOwnRequestOfEitherKind) {
  auto scenario = office();
  const auto approval = given_request(scenario, ann);
  const auto install = given_request(scenario, ann, rooms);
  scenario.when(ann, WithdrawRequest{approval}).then({PreApprovalRequestWithdrawn{notes, approval, UserId{"ann"}}});
  scenario.when(ann, WithdrawRequest{install}).then({InstallRequestWithdrawn{rooms, install, UserId{"ann"}}});
  EXPECT_EQ(status_of(scenario, approval), RequestStatus::withdrawn);
  EXPECT_EQ(status_of(scenario, install), RequestStatus::withdrawn);
  EXPECT_TRUE(scenario.when(ann, ask_for(notes)).accepted());
}

TEST(D12, SomebodyElsesRequestReadsLikeNone) {
  auto scenario = office();
  const auto request = given_request(scenario, ann);
  const auto foreign = scenario.when(bob, WithdrawRequest{request}).then_refused(RejectionCode::request_not_found);
  const auto missing =
      scenario.when(bob, WithdrawRequest{RequestId{"missing"}}).then_refused(RejectionCode::request_not_found);
  EXPECT_EQ(foreign.detail, missing.detail);
}

TEST(R34, ADecidedRequestIsNotWithdrawn) {
  auto scenario = office();
  const auto request = given_request(scenario, ann);
  given_grant(scenario, Audience::everyone);
  const auto refusal = scenario.when(ann, WithdrawRequest{request}).then_refused(RejectionCode::request_not_pending);
  EXPECT_EQ(refusal.status, RequestStatus::approved);
  EXPECT_EQ(refusal.decided_by, UserId{"admin"});
}

TEST(D26, WhoLeavesWithdrawsWhatHeHadAskedFor) {
  auto scenario = office();
  const auto approval = given_request(scenario, ann);
  const auto install = given_request(scenario, ann, rooms);
  scenario.given(directory_service(), RemoveMember{UserId{"ann"}});
  EXPECT_EQ(status_of(scenario, approval), RequestStatus::withdrawn);
  EXPECT_EQ(status_of(scenario, install), RequestStatus::withdrawn);
  EXPECT_EQ(scenario.state().governed_app(notes).pre_approval_requests.pending, 0U);
}

}  // namespace
}  // namespace gatehouse::test
