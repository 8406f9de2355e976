// What somebody has of an app that is added for everyone (D14): once, again, after leaving, and by events of before version 3.
#include <gmock/gmock.h>

#include "domain/limits.hpp"
#include "domain/subscription.hpp"
#include "tests/domain/office.hpp"
#include "tests/domain/state_audit.hpp"

namespace gatehouse::test {
namespace {

using ::testing::IsEmpty;

const AddAppForUsers for_everyone{.app_id = notes, .audience = Audience::everyone, .user_ids = {}, .group_ids = {}};
const AddAppForUsers for_ann{
    .app_id = notes, .audience = Audience::selected, .user_ids = users({"ann"}), .group_ids = {}};
const Uninstall own_uninstall{.app_id = notes, .target = {}, .user_id = {}, .confirmation = {}};

Subscription subscription_of(const Scenario& scenario, const char* user) {
  return effective_user_subscription(scenario.state(), notes, UserId{user}).value_or(Subscription{});
}

// As it was before version 3.
AppAddedForAudience event_of_before() {
  AppAddedForAudience event;
  event.app_id = notes;
  event.audience = Audience::everyone;
  event.added_by = UserId{"admin"};
  return event;
}

TEST(D14, ForEveryoneAgainLeavesWhatSomebodyHasAsItIs) {
  auto scenario = office();
  scenario.given(admin, for_everyone);
  const auto of = [&](const char* user) { return subscription_of(scenario, user).row; };
  const auto first = of("bob");
  ASSERT_TRUE(scenario.when_confirmed(ann, own_uninstall).accepted());
  scenario.given_member("eve");
  const auto early = of("eve");
  scenario.later(1000).given(as("owner"), for_everyone);
  scenario.given_member("zoe");
  EXPECT_EQ(of("bob").subscription_id, first.subscription_id);
  EXPECT_EQ(of("bob").installed_by, first.installed_by);
  EXPECT_EQ(of("bob").installed_at, first.installed_at);
  EXPECT_EQ(of("bob").version, first.version);
  EXPECT_EQ(of("eve").subscription_id, early.subscription_id);
  EXPECT_EQ(of("ann").installed_by, UserId{"owner"});
  EXPECT_EQ(of("zoe").installed_by, UserId{"owner"});
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D14, WhoReturnsFromDeactivationHasAgainWhatWasThereAndWhoHadLeftAnother) {
  auto scenario = office();
  scenario.given(admin, for_everyone);
  const auto of = [&](const char* user) { return subscription_of(scenario, user); };
  const auto first = of("bob").row;
  ASSERT_TRUE(scenario.when_confirmed(ann, own_uninstall).accepted());
  for (const auto* user : {"ann", "bob"}) {
    scenario.given(directory_service(), DeactivateMember{UserId{user}});
    scenario.later(1000).given_member(user);
  }
  EXPECT_EQ(of("bob").row.subscription_id, first.subscription_id);
  EXPECT_EQ(of("bob").row.installed_at, first.installed_at);
  EXPECT_FALSE(of("ann").live);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());

  for (const auto* user : {"ann", "bob"}) {
    scenario.given(directory_service(), RemoveMember{UserId{user}});
    scenario.later(1000).given_member(user);
    EXPECT_TRUE(of(user).active()) << user;
    EXPECT_NE(of(user).row.subscription_id, first.subscription_id);
  }
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

// As his own installation would be: there, suspended, counted, and ended with the others.
TEST(D14, WhoIsDeactivatedHasWhatWasAddedForEveryoneSuspended) {
  auto scenario = office();
  scenario.given(directory_service(), DeactivateMember{UserId{"ann"}}).given(admin, for_everyone);
  EXPECT_TRUE(subscription_of(scenario, "ann").row.subscription_id.empty()) << "who was deactivated before has none";
  const auto live = [&] {
    return live_subscriptions(*scenario.state().account(), scenario.state().governed_app(notes));
  };
  const auto before = live();
  const auto first = subscription_of(scenario, "bob").row.subscription_id;
  for (const auto* user : {"bob", "dan"})
    scenario.given(directory_service(), DeactivateMember{UserId{user}});
  EXPECT_TRUE(subscription_of(scenario, "bob").live);
  EXPECT_TRUE(subscription_of(scenario, "bob").has(SuspensionCause::member_deactivated));
  EXPECT_EQ(subscription_of(scenario, "bob").row.subscription_id, first);
  EXPECT_EQ(live(), before);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());

  ASSERT_TRUE(
      scenario
          .when_confirmed(
              admin,
              Uninstall{.app_id = notes, .target = UninstallTarget::user, .user_id = UserId{"dan"}, .confirmation = {}})
          .accepted());
  scenario.given_member("dan");
  EXPECT_FALSE(subscription_of(scenario, "dan").live) << "uninstalled while he was away";
  EXPECT_EQ(live(), before - 1);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());

  const auto uninstalled = scenario.when_confirmed(
      admin, Uninstall{.app_id = notes, .target = UninstallTarget::account, .user_id = {}, .confirmation = {}});
  EXPECT_EQ(uninstalled.event<AppUninstalled>().removed, before - 1);
  EXPECT_EQ(live(), 0U);
  scenario.given_member("bob");
  EXPECT_FALSE(subscription_of(scenario, "bob").live);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D14, WhatIsAddedForEveryoneWhileSomebodyIsDeactivatedReachesHimWhenHeReturns) {
  auto scenario = office();
  scenario.given(admin, for_everyone);
  for (const auto& user : {ann, as("dan")})
    ASSERT_TRUE(scenario.when_confirmed(user, own_uninstall).accepted());
  for (const auto* user : {"ann", "bob"})
    scenario.given(directory_service(), DeactivateMember{UserId{user}});
  const auto first = subscription_of(scenario, "bob").row;
  scenario.later(1000).given(as("owner"), for_everyone);
  EXPECT_EQ(subscription_of(scenario, "dan").row.installed_by, UserId{"owner"});
  EXPECT_FALSE(subscription_of(scenario, "ann").live);
  EXPECT_EQ(subscription_of(scenario, "bob").row.subscription_id, first.subscription_id);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
  for (const auto* user : {"ann", "bob"})
    scenario.given_member(user);
  EXPECT_EQ(subscription_of(scenario, "ann").row.installed_by, UserId{"owner"});
  EXPECT_EQ(subscription_of(scenario, "bob").row.subscription_id, first.subscription_id);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D14, ForEveryoneOnceTookThePlaceOfWhatSomebodyHad) {
  auto scenario = office();
  scenario.given(event_of_before());
  const auto of_bob = [&] { return subscription_of(scenario, "bob"); };
  const auto first = of_bob().row.subscription_id;
  scenario.given(event_of_before());
  const auto second = of_bob().row.subscription_id;
  EXPECT_NE(second, first);
  scenario.given(SubscriptionDisabled{.app_id = notes, .subscription_id = second, .user_id = UserId{"bob"}});
  EXPECT_TRUE(of_bob().has(SuspensionCause::admin));
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

// Who came back had it again then. The next event leaves that as it is.
TEST(D14, ForEveryoneLeavesWhatSomebodyHasByAnEventOfBeforeAsItIs) {
  auto scenario = office();
  scenario.given(event_of_before());
  ASSERT_TRUE(scenario.when_confirmed(ann, own_uninstall).accepted());
  for (const auto* user : {"ann", "bob"}) {
    scenario.given(directory_service(), DeactivateMember{UserId{user}});
    scenario.later(1000).given_member(user);
  }
  const auto ann_before = subscription_of(scenario, "ann");
  const auto bob_before = subscription_of(scenario, "bob");
  EXPECT_TRUE(ann_before.active());
  ASSERT_TRUE(scenario.when_confirmed(as("dan"), own_uninstall).accepted());
  scenario.later(1000).given(as("owner"), for_everyone);
  for (const auto& [user, before] : {std::pair{"ann", ann_before}, {"bob", bob_before}}) {
    const auto now = subscription_of(scenario, user).row;
    EXPECT_EQ(now.subscription_id, before.row.subscription_id) << user;
    EXPECT_EQ(now.installed_by, UserId{"admin"}) << user;
    EXPECT_EQ(now.installed_at, before.row.installed_at) << user;
    EXPECT_EQ(now.version, before.row.version) << user;
  }
  EXPECT_EQ(subscription_of(scenario, "dan").row.installed_by, UserId{"owner"});
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D14, WhoJoinsAfterTheWithdrawalOfTheAppHasNeverHadIt) {
  auto scenario = office();
  scenario.given(admin, for_everyone);
  ASSERT_TRUE(scenario.when_confirmed(ann, own_uninstall).accepted());
  const auto of_ann = subscription_of(scenario, "ann").row;
  scenario.later(1000).at(catalogue_stream).given(AppWithdrawn{notes}).at(AccountId{"acme"});
  scenario.later(1000).given(directory_service(), RemoveMember{UserId{"ann"}});
  for (const auto* user : {"ann", "zoe"})
    scenario.given_member(user);
  EXPECT_FALSE(effective_user_subscription(scenario.state(), notes, UserId{"zoe"}).has_value());
  EXPECT_EQ(subscription_of(scenario, "ann").row.subscription_id, of_ann.subscription_id);
  EXPECT_EQ(subscription_of(scenario, "ann").row.ended_at, of_ann.ended_at);
  EXPECT_EQ(subscription_of(scenario, "bob").row.ended_cause, UninstallCause::app_withdrawn);
}

TEST(D14, WhatEverybodyUninstalledOneByOneIsStoppedForTheAccount) {
  auto scenario = office();
  scenario.given(admin, for_everyone);
  for (const auto* user : {"owner", "admin", "ann", "bob", "cid", "dan"}) {
    if (subscription_of(scenario, user).live)
      ASSERT_TRUE(scenario.when_confirmed(as(user), own_uninstall).accepted()) << user;
  }
  ASSERT_EQ(live_subscriptions(*scenario.state().account(), scenario.state().governed_app(notes)), 0U);
  const Uninstall for_account{.app_id = notes, .target = UninstallTarget::account, .user_id = {}, .confirmation = {}};
  EXPECT_EQ(scenario.when_confirmed(admin, for_account).event<AppUninstalled>().removed, 0U);
  scenario.given_member("zoe");
  EXPECT_FALSE(subscription_of(scenario, "zoe").live);
  scenario.when(admin, for_account).then_refused(RejectionCode::not_installed);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D14, ForEveryoneManyTimesIsRefusedAtTheLimit) {
  auto scenario = office();
  for (std::size_t times = 0; times < limits::everyone_grants_max; ++times) {
    scenario.given(admin, for_everyone);
    ASSERT_TRUE(scenario.when_confirmed(ann, own_uninstall).accepted());
  }
  scenario.when(admin, for_everyone).then_refused(RejectionCode::too_many_items);
  scenario.when(admin, for_ann).then_names({"AppAddedForAudience"});
  EXPECT_EQ(state_of(scenario, "ann"), "active");
}

}  // namespace
}  // namespace gatehouse::test
