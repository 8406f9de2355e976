// Uninstalling, and switching single subscriptions off and on.
#include <gmock/gmock.h>

#include "domain/subscription.hpp"
#include "tests/domain/office.hpp"
#include "tests/domain/state_audit.hpp"

namespace gatehouse::test {
namespace {

using ::testing::IsEmpty;

Uninstall uninstall(UninstallTarget target = UninstallTarget::self, std::optional<UserId> user = {}) {
  return {.app_id = notes, .target = target, .user_id = std::move(user), .confirmation = {}};
}

std::uint64_t live(const Scenario& scenario, const AppId& app = notes) {
  return live_subscriptions(scenario.state().account().value(), scenario.state().governed_app(app));
}

TEST(R4, AUserUninstallsHisOwnAfterAConfirmation) {
  auto scenario = office();
  given_installed(scenario, {"ann", "bob"});
  const auto asked = scenario.when(ann, uninstall()).then_refused(RejectionCode::confirmation_required);
  EXPECT_EQ(asked.impact->counts, (std::vector<std::pair<std::string, std::uint64_t>>{{"subscriptions", 1}}));
  const auto outcome = scenario.when_confirmed(ann, uninstall());
  EXPECT_EQ(outcome.event<AppUninstalled>().cause, UninstallCause::user);
  EXPECT_EQ(state_of(scenario, "ann"), "ended");
  EXPECT_EQ(state_of(scenario, "bob"), "active");
  scenario.when(ann, uninstall()).then_refused(RejectionCode::not_installed);
}

TEST(R44, AnAdminUninstallsForOneUserOrForTheAccountWithOneEvent) {
  auto scenario = office();
  given_installed(scenario, {"ann", "bob", "cid"});
  scenario.when(ann, uninstall(UninstallTarget::user, UserId{"bob"})).then_refused(RejectionCode::privilege_required);
  scenario.when_confirmed(admin, uninstall(UninstallTarget::user, UserId{"bob"})).then_names({"AppUninstalled"});
  EXPECT_EQ(state_of(scenario, "bob"), "ended");
  const auto outcome = scenario.when_confirmed(admin, uninstall(UninstallTarget::account));
  EXPECT_EQ(outcome.event<AppUninstalled>().removed, 2U);
  EXPECT_EQ(state_of(scenario, "ann"), "ended");
  EXPECT_EQ(live(scenario), 0U);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(R45, AConfirmationFitsOnlyWhatItWasShownFor) {
  auto scenario = office();
  given_installed(scenario, {"ann"});
  auto command = uninstall(UninstallTarget::account);
  command.confirmation =
      scenario.when(admin, command).then_refused(RejectionCode::confirmation_required).confirmation_token;
  given_installed(scenario, {"bob"});
  scenario.when(admin, command).then_refused(RejectionCode::confirmation_stale);
  auto other = uninstall(UninstallTarget::user, UserId{"ann"});
  other.confirmation = scenario.when(admin, uninstall(UninstallTarget::account))
                           .then_refused(RejectionCode::confirmation_required)
                           .confirmation_token;
  scenario.when(admin, other).then_refused(RejectionCode::confirmation_stale);
}

TEST(R44, D22_UninstallingKeepsApprovalListAndRestrictionSoThatReinstallingIsJudgedAnew) {
  auto scenario = office();
  given_grant(scenario, Audience::selected, {UserId{"ann"}});
  scenario.given(ann, Install{.app_id = notes, .scope = {}, .credentials = {}, .optional_scopes = {}});
  ASSERT_TRUE(scenario.when_confirmed(admin, uninstall(UninstallTarget::account)).accepted());
  EXPECT_TRUE(scenario.state().governed_app(notes).pre_approval_on);
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
  EXPECT_THAT(unmet(scenario, "bob"), ::testing::ElementsAre(GateCode::not_in_allow_list));
}

TEST(R38, OneSubscriptionIsSwitchedOffAndOnWithoutTouchingOthers) {
  auto scenario = office();
  given_installed(scenario, {"ann", "bob"});
  scenario.when(admin, DisableSubscription{notes, UserId{"ann"}}).then_names({"SubscriptionDisabled"});
  scenario.when(admin, DisableSubscription{notes, UserId{"ann"}}).then_nothing();
  EXPECT_EQ(state_of(scenario, "ann"), "admin");
  EXPECT_EQ(state_of(scenario, "bob"), "active");
  EXPECT_THAT(unmet(scenario, "ann"), ::testing::Contains(GateCode::subscription_disabled));
  scenario.when(admin, EnableSubscription{notes, UserId{"ann"}}).then_names({"SubscriptionEnabled"});
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  scenario.when(admin, EnableSubscription{notes, UserId{"dan"}}).then_refused(RejectionCode::not_installed);
}

TEST(R38, SeveralCausesHoldAtOnceAndEachEndsByItself) {
  auto scenario = office();
  given_installed(scenario, {"ann"});
  given_grant(scenario, Audience::everyone);
  scenario.given(admin, DisableSubscription{notes, UserId{"ann"}});
  given_disabled(scenario);
  EXPECT_EQ(state_of(scenario, "ann"), "admin+pre_approval_off");
  scenario.given(admin, EnableSubscription{notes, UserId{"ann"}});
  EXPECT_EQ(state_of(scenario, "ann"), "pre_approval_off");
  scenario.when(admin, EnableSubscription{notes, UserId{"ann"}}).then_refused(RejectionCode::pre_approval_off);
  given_grant(scenario, Audience::everyone);
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(R38, AnAdminsCauseEndsAlsoWhileAnotherOneHolds) {
  auto scenario = office();
  given_installed(scenario, {"ann"});
  given_grant(scenario, Audience::everyone);
  scenario.given(admin, DisableSubscription{notes, UserId{"ann"}});
  given_disabled(scenario);
  scenario.when(admin, EnableSubscription{notes, UserId{"ann"}}).then_names({"SubscriptionEnabled"});
  EXPECT_EQ(state_of(scenario, "ann"), "pre_approval_off");
  scenario.when(admin, EnableSubscription{notes, UserId{"ann"}}).then_refused(RejectionCode::pre_approval_off);
}

TEST(R44, TheEventNamesTheSubscriptionOfAUserThatItEnds) {
  auto scenario = office();
  given_installed(scenario, {"ann"});
  const auto subscription = scenario.state().user_subscription(notes, UserId{"ann"})->subscription_id;
  const auto uninstalled = scenario.when_confirmed(ann, Uninstall{.app_id = notes}).event<AppUninstalled>();
  EXPECT_EQ(uninstalled.subscription_id, subscription);
  EXPECT_EQ(uninstalled.by, UserId{"ann"});
}

TEST(D26, ARemovedMemberLosesHisSubscriptionsAndOneWhoReturnsStartsAnew) {
  auto scenario = office();
  given_installed(scenario, {"ann", "bob"});
  scenario.given(directory_service(), RemoveMember{UserId{"ann"}});
  EXPECT_EQ(state_of(scenario, "ann"), "ended");
  EXPECT_EQ(live(scenario), 1U);
  scenario.given_member("ann");
  EXPECT_EQ(state_of(scenario, "ann"), "ended");
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

}  // namespace
}  // namespace gatehouse::test
