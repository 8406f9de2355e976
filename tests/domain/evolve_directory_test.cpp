// What follows from a member's coming and going for counters, indexes, requests and subscriptions.
#include "domain/decide.hpp"

#include <gmock/gmock.h>

#include "domain/group_rows.hpp"
#include "domain/privileges.hpp"
#include "domain/request.hpp"
#include "domain/state_keys.hpp"
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
const AppId docs{"docs"};
const GroupId team{"team"};
const UserId ann{"ann"};
const UserId bob{"bob"};

Install install(const AppId& app, std::optional<Credentials> credentials = {}) {
  return {.app_id = app, .scope = {}, .credentials = credentials, .optional_scopes = {}};
}

Subscription subscription(const Scenario& scenario, const UserId& user, const AppId& app = chat) {
  return effective_user_subscription(scenario.state(), app, user).value_or(Subscription{});
}

std::vector<std::pair<std::string, std::string>> rows_with_tag(Scenario& scenario, char tag) {
  std::vector<std::pair<std::string, std::string>> found;
  scenario.rows().scan(std::string(1, tag), [&](std::string_view key, std::string_view value) {
    found.emplace_back(key, value);
    return true;
  });
  return found;
}

TEST(MemberLeaves, D26_EndsTheOwnSubscriptionsAndWithdrawsTheRequests) {
  Scenario scenario;
  scenario.given_app("chat").given_app("docs").given_member("ann");
  scenario.given(as("ann"), install(chat));
  scenario.given(as("owner"), SetApprovalPolicy{AppClass::public_, true, false, false});
  const auto request = scenario.when(as("ann"), RequestPreApproval{docs, {}, {}}).result("request_id");
  scenario.given(directory_service(), RemoveMember{ann});

  EXPECT_FALSE(subscription(scenario, ann).live);
  EXPECT_EQ(subscription(scenario, ann).row.ended_cause, UninstallCause::member_removed);
  EXPECT_EQ(scenario.state().governed_app(chat).live, 0U);
  const auto settled = effective_request(scenario.state(), RequestId{request});
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->status, RequestStatus::withdrawn);
  EXPECT_EQ(settled->via, DecisionRoute::member_removed);
  EXPECT_EQ(scenario.state().governed_app(docs).pre_approval_requests.pending, 0U);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(MemberLeaves, D26_EndsWhatTheyHadByAnAdditionForEveryone) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann").given_member("bob");
  scenario.given(as("owner"), AddAppForUsers{chat, Audience::everyone, {}, {}});
  const auto before = subscription(scenario, ann).row;
  scenario.given(directory_service(), DeactivateMember{bob});
  for (const auto& user : {ann, bob}) {
    scenario.given(directory_service(), RemoveMember{user});
    const auto ended = subscription(scenario, user);
    EXPECT_FALSE(ended.live) << user.value;
    EXPECT_EQ(ended.row.ended_cause, UninstallCause::member_removed) << user.value;
    EXPECT_EQ(ended.row.installed_by, UserId{"owner"}) << user.value;
    EXPECT_THAT(audit(scenario.state()), IsEmpty()) << user.value;
  }
  EXPECT_EQ(subscription(scenario, ann).row.subscription_id, before.subscription_id);
  scenario.later(1000).given_member("ann");
  EXPECT_TRUE(subscription(scenario, ann).active());
  EXPECT_NE(subscription(scenario, ann).row.subscription_id, before.subscription_id) << "the former has ended";
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(MemberLeaves, D26_OrphansTheAccountSubscriptionsTheyInstalled) {
  Scenario scenario;
  scenario.given_app("chat", [](AppRegistered& app) { app.facts.level = ManagementLevel::account; })
      .given_member("ann", "admin");
  scenario.given(
      as("ann"),
      Install{.app_id = chat, .scope = SubscriptionScope::account, .credentials = {}, .optional_scopes = {}});
  scenario.given(directory_service(), DeactivateMember{ann});
  EXPECT_FALSE(effective_account_subscription(scenario.state(), chat)->orphaned) << "she may return";
  scenario.given(directory_service(), RemoveMember{ann});
  const auto account_wide = effective_account_subscription(scenario.state(), chat);
  ASSERT_TRUE(account_wide);
  EXPECT_TRUE(account_wide->live);
  EXPECT_TRUE(account_wide->orphaned);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(MemberLeaves, LeavesTheEndThatASubscriptionHadBeforeAsItWas) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann").given(as("ann"), install(chat));
  scenario.when_confirmed(as("owner"), Uninstall{chat, UninstallTarget::account, {}, {}})
      .then_names({"AppUninstalled"});
  scenario.given(directory_service(), RemoveMember{ann});
  EXPECT_EQ(subscription(scenario, ann).row.ended_cause, UninstallCause::admin);
  EXPECT_NE(subscription(scenario, ann).row.ended_at, Timestamp{});
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(MemberLeaves, LeavesTheEndByAWithdrawalAsItWas) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann").given(as("ann"), install(chat));
  scenario.later(1000).at(catalogue_stream).when_confirmed(platform_service(), WithdrawApp{chat, {}});
  const auto withdrawn_at = scenario.history().back().first.recorded_at;
  scenario.at(AccountId{"acme"}).later(1000).given(directory_service(), RemoveMember{ann});
  const auto row = subscription(scenario, ann).row;
  EXPECT_EQ(row.ended_cause, UninstallCause::app_withdrawn);
  EXPECT_EQ(row.ended_at, withdrawn_at);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(MemberDeactivated, KeepsSubscriptionsSuspendedAndGroups) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann").given(directory_service(), CreateGroup{team, "Team"});
  scenario.given(directory_service(), AddGroupMembers{team, {ann}}).given(as("ann"), install(chat));
  scenario.given(directory_service(), DeactivateMember{ann});
  EXPECT_TRUE(subscription(scenario, ann).has(SuspensionCause::member_deactivated));
  EXPECT_TRUE(scenario.state().in_group(team, ann));
  EXPECT_THAT(audit(scenario.state()), IsEmpty());

  scenario.given_member("ann");
  EXPECT_TRUE(subscription(scenario, ann).active());
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(MemberDeactivated, WithdrawsTheRequestsAndSaysWhy) {
  Scenario scenario;
  scenario.given_app("docs").given_member("ann");
  scenario.given(as("owner"), SetApprovalPolicy{AppClass::public_, true, false, false});
  const auto request = scenario.when(as("ann"), RequestPreApproval{docs, {}, {}}).result("request_id");
  scenario.given(directory_service(), DeactivateMember{ann});
  const auto settled = effective_request(scenario.state(), RequestId{request});
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->status, RequestStatus::withdrawn);
  EXPECT_EQ(settled->via, DecisionRoute::member_deactivated);
}

TEST(AddedForEveryone, D14_HoldsForWhoJoinsLaterWithoutARowOfTheirOwn) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann").given(as("ann"), install(chat));
  scenario.given(as("owner"), AddAppForUsers{chat, Audience::everyone, {}, {}}).given_member("bob");
  EXPECT_TRUE(subscription(scenario, bob).active());
  EXPECT_TRUE(subscription(scenario, bob).derived);
  EXPECT_THAT(rows_with_tag(scenario, 'T'), testing::SizeIs(1));
  EXPECT_EQ(live_subscriptions(*scenario.state().account(), scenario.state().governed_app(chat)), 3U);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(AddedForEveryone, R38_WhoJoinsWhileTheAppIsSwitchedOffDoesNotGetItSwitchedOn) {
  Scenario scenario;
  scenario.given_app("chat").given(as("owner"), AddAppForUsers{chat, Audience::everyone, {}, {}});
  scenario.when_confirmed(as("owner"), DisablePreApproval{chat, {}, {}}).then_names({"PreApprovalDisabled"});
  scenario.given_member("ann");
  EXPECT_TRUE(subscription(scenario, ann).has(SuspensionCause::pre_approval_off));
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(AddedForEveryone, CountsWhoLeavesIsDeactivatedAndReturns) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann").given_member("bob").given(as("ann"), install(chat));
  scenario.given(as("owner"), AddAppForUsers{chat, Audience::everyone, {}, {}});
  scenario.when_confirmed(as("bob"), Uninstall{chat, {}, {}, {}}).then_names({"AppUninstalled"});
  scenario.when_confirmed(as("owner"), DisablePreApproval{chat, {}, {}}).then_names({"PreApprovalDisabled"});
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
  for (const auto& user : {ann, bob}) {
    scenario.given(directory_service(), DeactivateMember{user});
    EXPECT_THAT(audit(scenario.state()), IsEmpty()) << user.value << " deactivated";
    scenario.given_member(user.value);
    EXPECT_THAT(audit(scenario.state()), IsEmpty()) << user.value << " back from deactivation";
    scenario.given(directory_service(), RemoveMember{user});
    EXPECT_THAT(audit(scenario.state()), IsEmpty()) << user.value << " removed";
    scenario.given_member(user.value);
    EXPECT_THAT(audit(scenario.state()), IsEmpty()) << user.value << " back from removal";
  }
}

TEST(RemovedGroup, OfAnySizeIsOneRowAndALaterOneStartsEmpty) {
  Scenario scenario;
  scenario.given_member("ann").given(directory_service(), CreateGroup{team, "Team"});
  scenario.given(directory_service(), AddGroupMembers{team, {ann}});
  const auto memberships = rows_with_tag(scenario, 'g');
  scenario.given(directory_service(), RemoveGroup{team});
  EXPECT_EQ(rows_with_tag(scenario, 'g'), memberships);
  EXPECT_FALSE(scenario.state().in_group(team, ann));
  EXPECT_THAT(scenario.state().groups_of(ann), IsEmpty());

  scenario.given(directory_service(), CreateGroup{team, "Another team"});
  EXPECT_FALSE(scenario.state().in_group(team, ann));
  EXPECT_THAT(scenario.state().groups_of(ann), IsEmpty());
  scenario.given(directory_service(), AddGroupMembers{team, {ann}});
  EXPECT_EQ(scenario.state().group(team)->members, 1U);
  EXPECT_THAT(rows_with_tag(scenario, 'u'), testing::SizeIs(1));
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(RemovedMember, IsInNoGroupAndHoldsNoRole) {
  Scenario scenario;
  scenario.given_member("ann", "admin").given(directory_service(), CreateGroup{team, "Team"});
  scenario.given(directory_service(), AddGroupMembers{team, {ann}}).given(directory_service(), RemoveMember{ann});
  EXPECT_EQ(scenario.state().group(team)->members, 0U);
  EXPECT_FALSE(scenario.rows().get(state_keys::role_holder(AccountId{"acme"}, admin_role, ann)));
  scenario.given_member("ann");
  EXPECT_FALSE(scenario.state().in_group(team, ann));
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(Folds, ApplyingTheHistoryToAnEmptyTableGivesTheSameBytes) {
  Scenario scenario;
  scenario.given_app("chat")
      .given_member("ann")
      .given_member("bob", "admin")
      .given(directory_service(), CreateGroup{team, "Team"});
  scenario.given(as("owner"), AddAppForUsers{chat, Audience::selected, {}, std::vector{team}});
  scenario.given(directory_service(), AddGroupMembers{team, {ann, bob}})
      .given(directory_service(), RemoveMember{ann})
      .given_member("ann");
  MemoryTable again;
  for (const auto& [context, event] : scenario.history())
    evolve(again, context, event);
  EXPECT_EQ(again.rows(), scenario.rows().rows());
}

}  // namespace
}  // namespace gatehouse
