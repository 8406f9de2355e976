// Chapter 1.6 of the rules: switching off, missing permissions, requests to install, uninstalling. R46 concerns documents alone and is tested with
// the API.
#include <gtest/gtest.h>

#include "domain/gate.hpp"
#include "domain/limits.hpp"
#include "domain/request.hpp"
#include "domain/user_state.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr std::int64_t confirmation_lifetime_ms = std::chrono::milliseconds(limits::confirmation_lifetime).count();

std::uint64_t impact_of(const Outcome& outcome) {
  return outcome.then_refused(RejectionCode::confirmation_required).impact.value().counts.front().second;
}

TEST(R37, APreviewChangesNothingAndTheConfirmedCommandSwitchesOff) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"ann", "bob"});
  const auto before = scenario.history().size();
  EXPECT_EQ(impact_of(scenario.when(admin, DisablePreApproval{.app_id = notes})), 2U);
  EXPECT_EQ(scenario.history().size(), before);
  scenario.when_confirmed(admin, DisablePreApproval{.app_id = notes}).then_names({"PreApprovalDisabled"});
  scenario.when(admin, DisablePreApproval{.app_id = notes}).then_refused(RejectionCode::pre_approval_off);
}

TEST(R37, AConfirmationIsStaleWhenSomebodyGotTheAppByJoiningInBetween) {
  auto scenario = office();
  scenario.given(admin, AddAppForUsers{.app_id = notes, .audience = Audience::everyone});
  DisablePreApproval command{.app_id = notes};
  command.confirmation = scenario.when(admin, command).then_refused(RejectionCode::confirmation_required).confirmation_token;
  scenario.given_member("eve");
  EXPECT_EQ(scenario.when(admin, command).then_refused(RejectionCode::confirmation_stale).impact.value().counts.front().second, 7U);
}

TEST(R38, D4_SwitchingOffSuspendsEverySubscriptionByOneEventAndGrantingAgainLiftsThoseItCovers) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"ann", "bob"});
  scenario.when_confirmed(admin, DisablePreApproval{.app_id = notes}).then({PreApprovalDisabled{notes, {"admin", ""}, 2}});
  EXPECT_EQ(state_of(scenario, "ann"), "pre_approval_off");
  EXPECT_EQ(state_of(scenario, "bob"), "pre_approval_off");
  given_grant(scenario, Audience::selected, users({"ann"}));
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_EQ(state_of(scenario, "bob"), "pre_approval_off");
}

TEST(R38, ItIsRetroactiveEvenWhereTheAccountRequiresNoApproval) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  require_approval(scenario, false);
  scenario.given(ann, Install{.app_id = notes});
  given_disabled(scenario);
  EXPECT_EQ(state_of(scenario, "ann"), "pre_approval_off");
  scenario.when(bob, Install{.app_id = notes}).then_names({"AppInstalled"});
  EXPECT_EQ(state_of(scenario, "bob"), "active") << "what is installed afterwards is not hit";
}

TEST(R39, D16_AllUnmetConditionsAreToldAtOnceInTheOrderOfTheGate) {
  auto scenario = office();
  const AppId reports{"reports"};
  scenario.given_app(reports.value, [](AppRegistered& app) { app.facts.required_scopes = {"report:read:admin", "meeting:read"}; });
  given_grant(scenario, Audience::selected, users({"bob"}), reports);
  scenario.given(admin, RestrictApp{.app_id = reports}).given(admin, SetUserInstallBlock{true});
  const auto answer = ask_gate(scenario.state(), {reports, UserId{"ann"}, Credentials::production});
  EXPECT_THAT(unmet(scenario, "ann", reports), ElementsAre(GateCode::user_installs_blocked, GateCode::app_restricted,
                                                          GateCode::not_in_allow_list, GateCode::missing_scopes));
  const auto& missing = answer.unmet.back().missing_scopes;
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].scope, "report:read:admin");
  EXPECT_EQ(missing[0].needs_privilege, "UsageReport:Read");
  EXPECT_FALSE(missing[0].description.empty());
}

TEST(R39, AnAccountLevelAppSaysThatAnAdminInstallsIt) {
  auto scenario = office();
  EXPECT_THAT(unmet(scenario, "ann", rooms), ElementsAre(GateCode::admin_install_required));
  EXPECT_EQ(ask_gate(scenario.state(), {rooms, UserId{"ann"}, Credentials::production}).next_action, "request_install");
}

TEST(R40, D13_AnAdminsInstallationNeedsNoPreApprovalAndServesAllMembers) {
  auto scenario = office();
  require_approval(scenario, true);
  scenario.when(ann, Install{.app_id = rooms, .scope = SubscriptionScope::account}).then_refused(RejectionCode::admin_install_required);
  scenario.when(admin, Install{.app_id = rooms, .scope = SubscriptionScope::account}).then_names({"AppInstalled"});
  EXPECT_EQ(standing_of(scenario.state(), rooms, UserId{"ann"}).user_state, UserState::installed);
  scenario.when(admin, GrantPreApproval{.app_id = rooms, .audience = Audience::everyone}).then_refused(RejectionCode::account_level_app);
  scenario.when(ann, RequestPreApproval{.app_id = rooms}).then_refused(RejectionCode::account_level_app);
}

TEST(R41, ARequestToInstallWaitsForAnAdmin) {
  auto scenario = office();
  const auto request = given_request(scenario, ann, rooms);
  EXPECT_EQ(status_of(scenario, request), RequestStatus::pending);
  EXPECT_EQ(scenario.when(ann, RequestInstall{.app_id = rooms}).then_refused(RejectionCode::install_request_pending).request_id, request);
  scenario.given(admin, RestrictApp{.app_id = rooms});
  scenario.when(bob, RequestInstall{.app_id = rooms}).then_refused(RejectionCode::app_restricted);
}

TEST(R42, RequestsToInstallAreCountedApartFromThoseForPreApproval) {
  auto scenario = office();
  given_request(scenario, ann, rooms);
  given_request(scenario, bob, rooms);
  EXPECT_EQ(scenario.state().governed_app(rooms).install_requests.pending, 2U);
  EXPECT_EQ(scenario.state().governed_app(rooms).pre_approval_requests.pending, 0U);
}

TEST(R43, AnAdminInstallsForAllWhoAskedOrRejectsByName) {
  auto scenario = office();
  const auto of_ann = given_request(scenario, ann, rooms);
  const auto of_bob = given_request(scenario, bob, rooms);
  const auto of_cid = given_request(scenario, as("cid"), rooms);
  scenario.when(admin, RejectRequests{.kind = RequestKind::install, .app_id = rooms, .user_ids = users({"ann"}), .reason = "No"})
      .then({InstallRequestRejected{rooms, of_ann, UserId{"ann"}, UserId{"admin"}, {"ann", "No"}}});
  const auto installed = scenario.when(as("owner"), Install{.app_id = rooms, .scope = SubscriptionScope::account});
  EXPECT_EQ(installed.event<AppInstalled>().fulfilled, 2U);
  EXPECT_EQ(status_of(scenario, of_ann), RequestStatus::rejected);
  EXPECT_EQ(status_of(scenario, of_bob), RequestStatus::fulfilled);
  EXPECT_EQ(status_of(scenario, of_cid), RequestStatus::fulfilled);
}

TEST(R44, UninstallingForTheAccountEndsEverySubscriptionByOneEventAndKeepsWhatGovernsTheApp) {
  auto scenario = office();
  given_grant(scenario, Audience::selected, users({"ann", "bob"}));
  scenario.given(ann, Install{.app_id = notes}).given(bob, Install{.app_id = notes});
  const Uninstall command{.app_id = notes, .target = UninstallTarget::account};
  scenario.when(ann, command).then_refused(RejectionCode::privilege_required);
  EXPECT_EQ(scenario.when_confirmed(admin, command).event<AppUninstalled>().removed, 2U);
  EXPECT_EQ(state_of(scenario, "ann"), "ended");
  EXPECT_EQ(state_of(scenario, "bob"), "ended");
  scenario.when(admin, command).then_refused(RejectionCode::not_installed);
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty()) << "still pre-approved";
  EXPECT_THAT(unmet(scenario, "dan"), ElementsAre(GateCode::not_in_allow_list)) << "the list is kept";
}

TEST(R44, AnAccountLevelAppEndsForAll) {
  auto scenario = office();
  scenario.given(admin, Install{.app_id = rooms, .scope = SubscriptionScope::account});
  scenario.when_confirmed(admin, Uninstall{.app_id = rooms, .target = UninstallTarget::account}).then_names({"AppUninstalled"});
  EXPECT_EQ(standing_of(scenario.state(), rooms, UserId{"ann"}).user_state, UserState::request_install);
}

TEST(R45, UninstallingTellsFirstWhatItHitsAndAppendsNothing) {
  auto scenario = office();
  given_installed(scenario, {"ann", "bob"});
  const auto before = scenario.history().size();
  const auto asked = scenario.when(admin, Uninstall{.app_id = notes, .target = UninstallTarget::account});
  const auto& refusal = asked.then_refused(RejectionCode::confirmation_required);
  EXPECT_THAT(refusal.impact.value().counts, ElementsAre(Pair("subscriptions", 2U)));
  EXPECT_EQ(refusal.confirmation_expires_at.unix_ms, scenario.now().unix_ms + confirmation_lifetime_ms);
  EXPECT_EQ(scenario.history().size(), before);
}

TEST(R45, D21_AConfirmationIsStaleForAnotherAdminAndAfterTenMinutes) {
  auto scenario = office();
  given_installed(scenario, {"ann"});
  Uninstall command{.app_id = notes, .target = UninstallTarget::account};
  command.confirmation = scenario.when(admin, command).then_refused(RejectionCode::confirmation_required).confirmation_token;
  scenario.when(as("owner"), command).then_refused(RejectionCode::confirmation_stale);
  auto in_time = scenario;
  in_time.when(admin, command).then_names({"AppUninstalled"});
  scenario.later(confirmation_lifetime_ms);
  scenario.when(admin, command).then_refused(RejectionCode::confirmation_stale);
}

TEST(R45, SwitchingOffAndDecliningAllAreConfirmedInTheSameWay) {
  auto scenario = office();
  given_grant(scenario, Audience::selected, users({"ann"}));
  given_request(scenario, bob);
  scenario.when(admin, DisablePreApproval{.app_id = notes}).then_refused(RejectionCode::confirmation_required);
  scenario.when(admin, DeclineAllRequests{.app_id = notes}).then_refused(RejectionCode::confirmation_required);
  const DisablePreApproval guessed{.app_id = notes, .confirmation = "guessed"};
  scenario.when(admin, guessed).then_refused(RejectionCode::confirmation_stale);
}

}  // namespace
}  // namespace gatehouse::test
