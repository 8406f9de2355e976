// Chapter 1.1 of the rules: catalogue and administration. The inbox, the lists and the pages of these rules are tested where they are read, by the
// same names.
#include <gtest/gtest.h>

#include "domain/gate.hpp"
#include "domain/subscription.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const AppId chat{"chat"};

ManifestInput manifest(ManagementLevel level, const std::string& text = "{}") {
  ManifestInput input;
  input.facts.name = "Chat";
  input.facts.level = level;
  input.facts.has_production = input.facts.has_development = true;
  input.text = text;
  return input;
}

Scenario office_before_approval() {
  auto scenario = office();
  require_approval(scenario, false);
  return scenario;
}

TEST(R1, EachStepOfAnAppsLifeInTheCatalogueIsOneEvent) {
  auto scenario = office();
  scenario.at(catalogue_stream);
  const auto console = platform_service();
  const auto user_managed = manifest(ManagementLevel::user);
  scenario.when(console, RegisterApp{chat, user_managed, {DeveloperKind::third_party, {}}, {}})
      .then_names({"AppRegistered"});
  scenario.when(console, UpdateManifest{chat, manifest(ManagementLevel::user, "{\"a\":1}"), {}, {}})
      .then_names({"AppManifestUpdated"});
  scenario.when(console, ActivateApp{chat}).then({AppActivated{chat}});
  scenario.when(console, PublishApp{chat, true}).then({AppPublished{chat, true}});
  scenario.when(console, UnpublishApp{chat}).then({AppUnpublished{chat}});
  scenario.when_confirmed(console, WithdrawApp{chat, {}}).then({AppWithdrawn{chat}});
  scenario.when(console, PublishApp{AppId{"nowhere"}, true}).then_refused(RejectionCode::app_not_found);
}

TEST(R1, AnAppIsUserManagedOrAccountLevelAsItsManifestSays) {
  auto scenario = office();
  scenario.at(catalogue_stream)
      .given(platform_service(), RegisterApp{chat, manifest(ManagementLevel::account), {}, {}});
  EXPECT_EQ(scenario.state().app(chat)->facts.level, ManagementLevel::account);
  EXPECT_EQ(scenario.state().app(notes)->facts.level, ManagementLevel::user);
}

TEST(R2, AnAccountSeesWhatIsPublishedAndItsOwnPrivateApps) {
  auto scenario = office();
  scenario.at(catalogue_stream)
      .given(platform_service(),
             OpenAccount{AccountId{"globex"}, "Globex", {UserId{"gil"}, "gil@g.example", "Gil"}, {}});
  scenario.given_app("by-id", [](AppRegistered& app) { app.facts.listed = false; });
  scenario.at(AccountId{"acme"});
  EXPECT_THAT(unmet(scenario, "ann", tool), Not(Contains(GateCode::app_not_found)));
  EXPECT_THAT(unmet(scenario, "ann", AppId{"by-id"}), Not(Contains(GateCode::app_not_found)))
      << "unlisted: reached by its id";
  scenario.at(AccountId{"globex"});
  EXPECT_THAT(unmet(scenario, "gil", tool), ElementsAre(GateCode::app_not_found)) << "another account's private app";
  EXPECT_THAT(unmet(scenario, "gil", notes), IsEmpty());
}

TEST(R3, OneLiveSubscriptionAUserAndAnotherOnceItEnded) {
  auto scenario = office_before_approval();
  scenario.given(ann, Install{.app_id = notes});
  scenario.when(ann, Install{.app_id = notes}).then_refused(RejectionCode::already_installed);
  scenario.when(bob, Install{.app_id = notes}).then_names({"AppInstalled"});
  ASSERT_TRUE(scenario.when_confirmed(ann, Uninstall{.app_id = notes}).accepted());
  scenario.when(ann, Install{.app_id = notes}).then_names({"AppInstalled"});
}

TEST(R4, AUserInstallsAndUninstallsForHimselfAlone) {
  auto scenario = office_before_approval();
  const auto installed = scenario.when(ann, Install{.app_id = notes});
  EXPECT_EQ(installed.event<AppInstalled>().installed_by, UserId{"ann"});
  EXPECT_EQ(installed.event<AppInstalled>().installed_for, UserId{"ann"});
  scenario.when(ann, Uninstall{.app_id = notes, .target = UninstallTarget::user, .user_id = UserId{"bob"}})
      .then_refused(RejectionCode::privilege_required);
}

TEST(R4, WhatAnAdminAddsOnBehalfSaysWhoInstalledIt) {
  auto scenario = office();
  scenario.given(admin, AddAppForUsers{.app_id = notes, .audience = Audience::selected, .user_ids = users({"ann"})});
  const auto subscription = effective_user_subscription(scenario.state(), notes, UserId{"ann"});
  EXPECT_EQ(subscription->user_id, UserId{"ann"});
  EXPECT_EQ(subscription->row.installed_by, UserId{"admin"});
  EXPECT_TRUE(scenario.when_confirmed(ann, Uninstall{.app_id = notes}).accepted()) << "hers to remove";
}

TEST(R5, GovernanceAsksForTheRoleAtTheMomentOfTheCommand) {
  auto scenario = office();
  scenario.given(as("owner"), DefineRole{{RoleId{"apps"}, "Apps", {"MarketPlace:Edit"}}});
  scenario.given_member("eve", "apps");
  scenario.when(as("eve"), RestrictApp{.app_id = notes}).then_names({"AppRestricted"});
  scenario.given(as("owner"), AssignRole{UserId{"eve"}, RoleId{"member"}});
  const auto refusal =
      scenario.when(as("eve"), LiftRestriction{.app_id = notes}).then_refused(RejectionCode::privilege_required);
  EXPECT_EQ(refusal.privilege, "MarketPlace:Edit");
  scenario.when(as("owner"), LiftRestriction{.app_id = notes}).then_names({"AppRestrictionLifted"});
}

TEST(R6, OneGateDecidesForTheAccountAndForEachUserAndItsFindingsAreKept) {
  auto scenario = office_before_approval();
  const auto for_account = scenario.when(admin, Install{.app_id = rooms, .scope = SubscriptionScope::account});
  const auto for_user = scenario.when(ann, Install{.app_id = notes});
  EXPECT_THAT(for_account.event<AppInstalled>().gate, SizeIs(10));
  EXPECT_THAT(for_user.event<AppInstalled>().gate, SizeIs(10));
  scenario.given(admin, RestrictApp{.app_id = notes});
  scenario.when(bob, Install{.app_id = notes}).then_refused(RejectionCode::app_restricted);
}

TEST(R7, AChangeOfPermissionsSeenAtAnOlderVersionIsRefused) {
  auto scenario = office();
  const auto seen = scenario.state().account()->permissions_version;
  scenario.given(admin, SetUserInstallBlock{true});
  scenario.given(admin, CreateGroup{GroupId{"it"}, "IT"});
  scenario.send(as("owner"), SetUserInstallBlock{false}, {.if_match = seen}).then_refused(RejectionCode::stale_version);
  const auto current = scenario.state().account()->permissions_version;
  scenario.send(as("owner"), SetUserInstallBlock{false}, {.if_match = current}).then({UserInstallBlockChanged{false}});
}

TEST(R8, ABlockStopsMembersOwnInstallsAndAdminsStillInstallForThem) {
  auto scenario = office_before_approval();
  scenario.given(bob, Install{.app_id = notes});
  scenario.given(admin, SetUserInstallBlock{true});
  scenario.when(ann, Install{.app_id = notes}).then_refused(RejectionCode::user_installs_blocked);
  scenario.when(admin, AddAppForUsers{.app_id = notes, .audience = Audience::selected, .user_ids = users({"ann"})})
      .then_names({"AppAddedForAudience"});
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_EQ(state_of(scenario, "bob"), "active") << "what is there stays";
}

TEST(R8, D23_ARestrictionStopsNewInstallsAndRequestsAndNothingThatIsThere) {
  auto scenario = office();
  given_installed(scenario, {"bob"});
  const auto request = given_request(scenario, ann);
  scenario.given(admin, RestrictApp{.app_id = notes});
  EXPECT_EQ(status_of(scenario, request), RequestStatus::rejected);
  EXPECT_EQ(request_of(scenario, request).decision_reason.text, "app_restricted");
  scenario.when(ann, RequestPreApproval{.app_id = notes}).then_refused(RejectionCode::app_restricted);
  scenario.when(admin, AddAppForUsers{.app_id = notes, .audience = Audience::everyone})
      .then_refused(RejectionCode::app_restricted);
  EXPECT_EQ(state_of(scenario, "bob"), "active");
}

}  // namespace
}  // namespace gatehouse::test
