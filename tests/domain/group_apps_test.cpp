// Apps that were added for the members of a group: for who joins it later, returns, or has the app already (D14).
#include "domain/group_apps.hpp"

#include <gmock/gmock.h>

#include "domain/subscription.hpp"
#include "tests/domain/scenario.hpp"
#include "tests/domain/state_audit.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::audit;
using test::directory_service;
using test::platform_service;
using test::Scenario;
using ::testing::IsEmpty;

const AppId chat{"chat"};
const GroupId team{"team"};
const UserId ann{"ann"};
const UserId bob{"bob"};

Install install(const AppId& app, std::optional<Credentials> credentials = {}) {
  return {.app_id = app, .scope = {}, .credentials = credentials, .optional_scopes = {}};
}

Subscription subscription(const Scenario& scenario, const UserId& user, const AppId& app = chat) {
  return effective_user_subscription(scenario.state(), app, user).value_or(Subscription{});
}

TEST(AddedForAGroup, D14_ReachesWhoWasAwayWhenHeReturnsAndNobodyTwice) {
  Scenario scenario;
  const AppId mail{"mail"};
  const auto for_team = [](const AppId& app) {
    return AddAppForUsers{.app_id = app, .audience = Audience::selected, .user_ids = {}, .group_ids = {{team}}};
  };
  scenario.given_app("chat").given_app("mail").given_member("ann").given_member("bob");
  scenario.given(directory_service(), CreateGroup{team, "Team"});
  scenario.given(directory_service(), AddGroupMembers{team, {ann, bob}}).given(as("owner"), for_team(chat));
  scenario.when_confirmed(as("ann"), Uninstall{.app_id = chat, .target = {}, .user_id = {}, .confirmation = {}});
  scenario.given(directory_service(), DeactivateMember{ann}).given(as("owner"), for_team(mail));
  scenario.given_member("ann");
  EXPECT_TRUE(subscription(scenario, ann, mail).active()) << "added while she was away";
  EXPECT_FALSE(subscription(scenario, ann, chat).live) << "she had it, and uninstalled it";
  EXPECT_EQ(live_subscriptions(*scenario.state().account(), scenario.state().governed_app(mail)), 2U);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(AddedForAGroup, D14_HoldsForWhoJoinsTheGroupLater) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann").given(directory_service(), CreateGroup{team, "Team"});
  scenario.given(as("owner"), AddAppForUsers{chat, Audience::selected, {}, std::vector{team}});
  scenario.given(directory_service(), AddGroupMembers{team, {ann}});
  EXPECT_TRUE(subscription(scenario, ann).active());
  EXPECT_EQ(subscription(scenario, ann).row.installed_by, UserId{"owner"});
  EXPECT_THAT(audit(scenario.state()), IsEmpty());

  scenario.given(directory_service(), RemoveGroupMembers{team, {ann}});
  EXPECT_TRUE(subscription(scenario, ann).active()) << "leaving the group takes nothing away";
}

TEST(AddedForAGroup, WhoJoinsTheGroupAfterTheWithdrawalOfTheAppHasNeverHadIt) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann").given_member("bob").given(directory_service(),
                                                                           CreateGroup{team, "Team"});
  scenario.given(directory_service(), AddGroupMembers{team, {bob}});
  scenario.given(as("owner"), AddAppForUsers{chat, Audience::selected, {}, std::vector{team}});
  scenario.later(1000).at(catalogue_stream).when_confirmed(platform_service(), WithdrawApp{chat, {}});
  scenario.at(AccountId{"acme"}).later(1000).given(directory_service(), AddGroupMembers{team, {ann}});
  EXPECT_FALSE(effective_user_subscription(scenario.state(), chat, ann).has_value());
  EXPECT_EQ(subscription(scenario, bob).row.ended_cause, UninstallCause::app_withdrawn);
}

TEST(AddedForAGroup, WhoHasTheAppAlreadyKeepsHisOwn) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann").given(directory_service(), CreateGroup{team, "Team"});
  const auto own = scenario.when(as("ann"), install(chat)).result("subscription_id");
  scenario.given(as("owner"), AddAppForUsers{chat, Audience::selected, {}, std::vector{team}});
  scenario.given(directory_service(), AddGroupMembers{team, {ann}});
  EXPECT_EQ(subscription(scenario, ann).row.subscription_id.value, own);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(AddedForAGroup, R38_WhoJoinsWhileTheAppIsSwitchedOffDoesNotGetItSwitchedOn) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann").given_member("bob").given(directory_service(),
                                                                           CreateGroup{team, "Team"});
  scenario.given(as("owner"), AddAppForUsers{chat, Audience::selected, {}, std::vector{team}});
  scenario.when_confirmed(as("owner"), DisablePreApproval{chat, {}, {}}).then_names({"PreApprovalDisabled"});
  scenario.given(directory_service(), AddGroupMembers{team, {ann}});
  EXPECT_TRUE(subscription(scenario, ann).has(SuspensionCause::pre_approval_off));
  EXPECT_THAT(audit(scenario.state()), IsEmpty());

  scenario.given(as("owner"), GrantPreApproval{chat, Audience::selected, {}, {}, std::vector{team}, {}, {}});
  EXPECT_TRUE(subscription(scenario, ann).active());
  scenario.given(directory_service(), AddGroupMembers{team, {bob}});
  EXPECT_TRUE(subscription(scenario, bob).active());
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(AddedForAGroup, EndsWithTheGroupAndWithTheAccountsUninstallation) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann").given_member("bob").given(directory_service(),
                                                                           CreateGroup{team, "Team"});
  scenario.given_member("cem").given(directory_service(), AddGroupMembers{team, {UserId{"cem"}}});
  scenario.given(as("owner"), AddAppForUsers{chat, Audience::selected, {}, std::vector{team}});
  scenario.when_confirmed(as("owner"), Uninstall{chat, UninstallTarget::account, {}, {}})
      .then_names({"AppUninstalled"});
  scenario.given(directory_service(), AddGroupMembers{team, {ann}});
  EXPECT_FALSE(subscription(scenario, ann).live);

  scenario.given(as("owner"), AddAppForUsers{chat, Audience::selected, {}, std::vector{team}});
  scenario.given(directory_service(), RemoveGroup{team}).given(directory_service(), CreateGroup{team, "Another team"});
  scenario.given(directory_service(), AddGroupMembers{team, {bob}});
  EXPECT_FALSE(subscription(scenario, bob).live);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

}  // namespace
}  // namespace gatehouse
