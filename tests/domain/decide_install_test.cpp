// Installing, for oneself and for the account.
#include <gmock/gmock.h>

#include "domain/subscription.hpp"
#include "tests/domain/office.hpp"
#include "tests/domain/state_audit.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Install install(const AppId& app = notes) {
  return {.app_id = app, .scope = {}, .credentials = {}, .optional_scopes = {}};
}
Install install_for_account() {
  return {.app_id = rooms, .scope = SubscriptionScope::account, .credentials = {}, .optional_scopes = {}};
}

TEST(R3, AnyActiveMemberInstallsAUserLevelAppUnlessARuleBlocks) {
  auto scenario = office();
  require_approval(scenario, false);
  const auto outcome = scenario.when(ann, install());
  const auto& installed = outcome.event<AppInstalled>();
  EXPECT_EQ(installed.installed_for, UserId{"ann"});
  EXPECT_EQ(installed.scope, SubscriptionScope::user);
  EXPECT_EQ(outcome.result("subscription_id"), installed.subscription_id.value);
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  scenario.when(ann, install()).then_refused(RejectionCode::already_installed);
}

TEST(R11, ApprovalAndScopesAreCheckedWhenInstallingAndWhatWasFoundIsInTheEvent) {
  auto scenario = office();
  EXPECT_THAT(scenario.when(ann, install()).then_refused(RejectionCode::pre_approval_required).unmet.size(), 1U);
  given_grant(scenario, Audience::everyone);
  const auto outcome = scenario.when(ann, install());
  std::vector<std::string> outcomes;
  for (const auto& step : outcome.event<AppInstalled>().gate)
    outcomes.push_back(step.outcome);
  EXPECT_THAT(outcomes,
              ElementsAre("published", "available", "active_member", "not_installed", "not_blocked", "not_restricted",
                          "user_level", "pre_approved", "everyone", "holds_required_scopes"));
}

TEST(R11, D15_OptionalScopesAreGrantedOnlyIfAskedForAndOthersAreUnknown) {
  auto scenario = office();
  require_approval(scenario, false);
  auto command = install();
  const auto plain = scenario.when(ann, command);
  EXPECT_THAT(plain.event<AppInstalled>().granted_scopes, ElementsAre("meeting:read"));
  EXPECT_THAT(plain.event<AppInstalled>().declined_optional_scopes, ElementsAre("meeting:write"));
  command.optional_scopes = std::vector<std::string>{"meeting:write"};
  const auto asked = scenario.when(bob, command);
  EXPECT_THAT(asked.event<AppInstalled>().granted_scopes, ElementsAre("meeting:read", "meeting:write"));
  EXPECT_THAT(asked.event<AppInstalled>().declined_optional_scopes, IsEmpty());
  command.optional_scopes = std::vector<std::string>{"meeting:write", "phone:read"};
  EXPECT_THAT(errors_of(scenario.when(as("cid"), command).then_refused(RejectionCode::unknown_scope)),
              ElementsAre("/optional_scopes/1 unknown_scope"));
}

TEST(R8, ABlockStopsMembersAndNotAdmins) {
  auto scenario = office();
  require_approval(scenario, false);
  scenario.given(admin, SetUserInstallBlock{true});
  scenario.when(ann, install()).then_refused(RejectionCode::user_installs_blocked);
  scenario.when(admin, install()).then_names({"AppInstalled"});
}

TEST(R3, AUserHasOneLiveSubscriptionOfAnAppWhateverItsCredentials) {
  auto scenario = office();
  require_approval(scenario, false);
  auto development = install();
  development.credentials = Credentials::development;
  scenario.given(ann, install());
  scenario.when(ann, development).then_refused(RejectionCode::already_installed);
  EXPECT_TRUE(scenario.when_confirmed(ann, Uninstall{.app_id = notes}).accepted());
  scenario.given(ann, development);
  scenario.when(ann, install()).then_refused(RejectionCode::already_installed);
  EXPECT_EQ(live_subscriptions(scenario.state().account().value(), scenario.state().governed_app(notes)), 1U);
}

TEST(D14, WhoTestsWithDevelopmentCredentialsHasTheAppThatIsAddedForEveryone) {
  auto scenario = office();
  require_approval(scenario, false);
  auto development = install();
  development.credentials = Credentials::development;
  scenario.given(ann, development);
  const auto others = scenario.state().account()->active_members - 1;
  EXPECT_EQ(scenario.when(admin, AddAppForUsers{.app_id = notes, .audience = Audience::everyone})
                .event<AppAddedForAudience>()
                .added,
            others);
  EXPECT_EQ(scenario.state().user_subscription(notes, UserId{"ann"})->credentials, Credentials::development);
  EXPECT_EQ(live_subscriptions(scenario.state().account().value(), scenario.state().governed_app(notes)), others + 1);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(R30, DevelopmentOfAPublishedAppAnswersToTheUnlistedPolicy) {
  auto scenario = office();
  scenario.given(admin, SetApprovalPolicy{AppClass::public_, false, false, false});
  auto development = install();
  development.credentials = Credentials::development;
  scenario.when(ann, development).then_refused(RejectionCode::pre_approval_required);
  scenario.when(ann, install()).then_names({"AppInstalled"});
}

TEST(R40, AnAccountLevelAppIsInstalledByAnAdminForAll) {
  auto scenario = office();
  scenario.when(ann, install_for_account()).then_refused(RejectionCode::admin_install_required);
  scenario.when(admin, install(rooms)).then_refused(RejectionCode::account_level_app);
  const auto outcome = scenario.when(admin, install_for_account());
  EXPECT_TRUE(outcome.event<AppInstalled>().installed_for.empty());
  const auto subscription = effective_account_subscription(scenario.state(), rooms);
  EXPECT_TRUE(subscription && subscription->active() && !subscription->orphaned);
  scenario.when(admin, install_for_account()).then_refused(RejectionCode::already_installed);
}

TEST(R40, EveryMissingScopeIsNamedWithThePrivilegeThatWouldGrantIt) {
  auto scenario = office();
  scenario.given_app("reports", [](AppRegistered& app) {
    app.facts.level = ManagementLevel::account;
    app.facts.required_scopes = {"report:read:list_users:admin", "user:update:user:admin", "account:master"};
  });
  scenario.given(as("owner"), DefineRole{{RoleId{"apps"}, "Apps", {"MarketPlace:Edit", "UsageReport:Read"}}});
  scenario.given_member("eve", "apps");
  Install command{
      .app_id = AppId{"reports"}, .scope = SubscriptionScope::account, .credentials = {}, .optional_scopes = {}};
  const auto refusal = scenario.when(as("eve"), command).then_refused(RejectionCode::missing_scopes);
  ASSERT_EQ(refusal.unmet.size(), 1U);
  std::vector<std::string> needs;
  for (const auto& missing : refusal.unmet.front().missing_scopes)
    needs.push_back(missing.scope + " " + missing.needs_privilege);
  EXPECT_THAT(needs, ElementsAre("user:update:user:admin User:Edit", "account:master owner"));
  scenario.when(as("owner"), command).then_names({"AppInstalled"});
}

TEST(R40, AUserLevelAppIsNotInstalledForTheAccount) {
  auto scenario = office();
  auto command = install();
  command.scope = SubscriptionScope::account;
  scenario.when(admin, command).then_refused(RejectionCode::user_level_app);
}

TEST(R43, OneInstallationFulfilsAllPendingRequests) {
  auto scenario = office();
  const auto first = given_request(scenario, ann, rooms);
  const auto second = given_request(scenario, bob, rooms);
  const auto outcome = scenario.when(admin, install_for_account());
  EXPECT_EQ(outcome.event<AppInstalled>().fulfilled, 2U);
  for (const auto& request : {first, second}) {
    EXPECT_EQ(status_of(scenario, request), RequestStatus::fulfilled);
    EXPECT_EQ(request_of(scenario, request).decided_by, UserId{"admin"});
  }
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D26, AnAccountInstallationIsOrphanedWhenItsInstallerLeavesAndCanBeTransferred) {
  auto scenario = office();
  scenario.given(admin, install_for_account());
  scenario.given(directory_service(), RemoveMember{UserId{"admin"}});
  EXPECT_TRUE(effective_account_subscription(scenario.state(), rooms)->orphaned);
  scenario.when(as("owner"), TransferInstaller{rooms, UserId{"ann"}})
      .then_refused(RejectionCode::recipient_not_eligible);
  scenario.when(as("owner"), TransferInstaller{rooms, UserId{"owner"}})
      .then_names({"SubscriptionInstallerTransferred"});
  EXPECT_FALSE(effective_account_subscription(scenario.state(), rooms)->orphaned);
  scenario.when(as("owner"), TransferInstaller{rooms, UserId{"owner"}}).then_nothing();
}

}  // namespace
}  // namespace gatehouse::test
