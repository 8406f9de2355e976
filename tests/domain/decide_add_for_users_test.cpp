// An admin adds an app for others: everyone, users, groups (D14). What somebody has by it: added_for_everyone_test.cpp.
#include <gmock/gmock.h>

#include "domain/subscription.hpp"
#include "domain/user_state.hpp"
#include "table/overlay_table.hpp"
#include "tests/domain/office.hpp"
#include "tests/domain/state_audit.hpp"

namespace gatehouse::test {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

const AddAppForUsers for_everyone{.app_id = notes, .audience = Audience::everyone, .user_ids = {}, .group_ids = {}};

AddAppForUsers for_selected(std::optional<std::vector<UserId>> user_ids,
                            std::optional<std::vector<GroupId>> group_ids = {}) {
  return {.app_id = notes,
          .audience = Audience::selected,
          .user_ids = std::move(user_ids),
          .group_ids = std::move(group_ids)};
}

std::uint64_t live(const Scenario& scenario) {
  return live_subscriptions(scenario.state().account().value(), scenario.state().governed_app(notes));
}

TEST(D14, ForEveryoneGivesEachMemberASubscriptionAndLaterJoinersToo) {
  auto scenario = office();
  given_installed(scenario, {"ann"});
  const auto outcome = scenario.when(admin, for_everyone);
  EXPECT_EQ(outcome.event<AppAddedForAudience>().added, 5U);  // owner, admin, bob, cid, dan
  for (const auto* user : {"owner", "ann", "bob", "dan"})
    EXPECT_EQ(state_of(scenario, user), "active") << user;
  EXPECT_EQ(live(scenario), 6U);
  scenario.given_member("eve");
  EXPECT_EQ(state_of(scenario, "eve"), "active");
  EXPECT_EQ(live(scenario), 7U);
  scenario.when(admin, for_everyone).then_nothing();
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D14, WhoUninstallsOrLeavesIsNotCountedAnyMore) {
  auto scenario = office();
  scenario.given(admin, for_everyone);
  ASSERT_TRUE(scenario.when_confirmed(ann, Uninstall{.app_id = notes, .target = {}, .user_id = {}, .confirmation = {}})
                  .accepted());
  EXPECT_EQ(state_of(scenario, "ann"), "ended");
  EXPECT_EQ(live(scenario), 5U);
  scenario.given(directory_service(), RemoveMember{UserId{"bob"}});
  EXPECT_EQ(live(scenario), 4U);
  scenario.given_member("bob");
  EXPECT_EQ(state_of(scenario, "bob"), "active");
  EXPECT_EQ(scenario.when(admin, for_everyone).event<AppAddedForAudience>().added, 1U);
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D14, TheAudienceIsTherebyPreApproved) {
  auto scenario = office();
  const auto request = given_request(scenario, ann);
  scenario.given(admin, for_selected(users({"ann"})));
  EXPECT_EQ(status_of(scenario, request), RequestStatus::approved);
  ASSERT_TRUE(scenario.when_confirmed(ann, Uninstall{.app_id = notes, .target = {}, .user_id = {}, .confirmation = {}})
                  .accepted());
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
  EXPECT_THAT(unmet(scenario, "dan"), Contains(GateCode::not_in_allow_list));
}

TEST(D14, TheEventCountsWhatItSettles) {
  auto scenario = office();
  given_request(scenario, ann);
  given_request(scenario, bob);
  const auto for_one = scenario.when(admin, for_selected(users({"ann"})));
  EXPECT_EQ(for_one.event<AppAddedForAudience>().approved_requests, 1U);
  const auto for_all = scenario.when(admin, for_everyone);
  EXPECT_EQ(for_all.event<AppAddedForAudience>().approved_requests, 1U);
  given_disabled(scenario);
  const auto again = scenario.when(admin, for_selected(users({"ann", "bob"})));
  EXPECT_EQ(again.event<AppAddedForAudience>().lifted, 2U);
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_EQ(state_of(scenario, "dan"), "pre_approval_off");
  EXPECT_EQ(scenario.when(admin, for_everyone).event<AppAddedForAudience>().lifted, 4U);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D14, AddingForSomeWarnsThatOthersAreLimitedOnlyWhereNobodyNeededApproval) {
  const auto warned = [](bool required, const AddAppForUsers& command) {
    auto scenario = office();
    require_approval(scenario, required);
    return has_warnings(scenario.when(admin, command));
  };
  EXPECT_TRUE(warned(false, for_selected(users({"ann"}))));
  EXPECT_FALSE(warned(true, for_selected(users({"ann"}))));
  EXPECT_FALSE(warned(false, for_everyone));
}

TEST(D14, AddingAgainSettlesWhatCameInBetweenAndIsNothingOtherwise) {
  auto scenario = office();
  scenario.given(admin, for_selected(users({"ann"})));
  given_disabled(scenario);
  const auto again = scenario.when(admin, for_selected(users({"ann"})));
  EXPECT_EQ(again.result("added"), "0");
  EXPECT_EQ(again.result("lifted"), "1");
  const auto third = scenario.when(admin, for_selected(users({"ann"})));
  third.then_nothing();
  for (const auto* count : {"added", "approved_requests", "lifted"})
    EXPECT_EQ(third.result(count), "0") << count;
}

TEST(D24, AddingAnAppThatIsNotPublicCoversItsDevelopment) {
  auto scenario = office();
  scenario.when(admin, for_selected(users({"ann"})));
  EXPECT_FALSE(scenario.state().governed_app(notes).includes_development);
  given_disabled(scenario);
  scenario.at(catalogue_stream).given(platform_service(), PublishApp{notes, false}).at(AccountId{"acme"});
  const auto outcome = scenario.when(admin, for_selected(users({"ann"})));
  EXPECT_TRUE(outcome.event<AppAddedForAudience>().includes_development);
  EXPECT_TRUE(scenario.state().governed_app(notes).includes_development);
}

TEST(D14, AGroupsLaterMembersGetTheAppByTheSameEventUntilItIsUninstalled) {
  auto scenario = office();
  const auto outcome = scenario.when(admin, for_selected({}, std::vector<GroupId>{GroupId{"sales"}}));
  EXPECT_EQ(outcome.event<AppAddedForAudience>().added, 2U);
  EXPECT_EQ(state_of(scenario, "bob"), "active");
  EXPECT_EQ(state_of(scenario, "dan"), "none");
  scenario.given(directory_service(), AddGroupMembers{GroupId{"sales"}, users({"dan"})});
  EXPECT_EQ(state_of(scenario, "dan"), "active");
  ASSERT_TRUE(
      scenario
          .when_confirmed(
              admin, Uninstall{.app_id = notes, .target = UninstallTarget::account, .user_id = {}, .confirmation = {}})
          .accepted());
  scenario.given(directory_service(), AddGroupMembers{GroupId{"sales"}, users({"ann"})});
  EXPECT_EQ(state_of(scenario, "ann"), "none");
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D14, WhatNobodyOfAGroupHasIsStoppedForTheAccountOnce) {
  auto scenario = office();
  scenario.given(directory_service(), CreateGroup{GroupId{"empty"}, "Empty"});
  scenario.given(admin, for_selected({}, std::vector<GroupId>{GroupId{"empty"}}));
  const auto offers_it = [&] {
    const auto actions = standing_of(scenario.state(), notes, UserId{"admin"}).available_actions;
    return std::ranges::find(actions, "uninstall_for_account") != actions.end();
  };
  EXPECT_TRUE(offers_it());
  const Uninstall for_account{.app_id = notes, .target = UninstallTarget::account, .user_id = {}, .confirmation = {}};
  EXPECT_EQ(scenario.when_confirmed(admin, for_account).event<AppUninstalled>().removed, 0U);
  EXPECT_FALSE(offers_it());
  scenario.when(admin, for_account).then_refused(RejectionCode::not_installed);
  scenario.given(directory_service(), AddGroupMembers{GroupId{"empty"}, users({"dan"})});
  EXPECT_EQ(state_of(scenario, "dan"), "none");
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D14, WhoJoinsTheGroupIsSuspendedLikeTheOthersUnlessPreApprovalCoversHimAgain) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  scenario.given(admin, for_selected({}, std::vector<GroupId>{GroupId{"sales"}}));
  given_disabled(scenario);
  given_grant(scenario, Audience::selected, users({"dan"}));
  scenario.given(directory_service(), AddGroupMembers{GroupId{"sales"}, users({"ann", "dan"})});
  EXPECT_EQ(state_of(scenario, "ann"), "pre_approval_off");
  EXPECT_EQ(state_of(scenario, "dan"), "active");
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D14, ALaterGroupOfTheSameIdIsAnAudienceOfItsOwn) {
  auto scenario = office();
  const AddAppForUsers command{
      .app_id = notes, .audience = Audience::selected, .user_ids = {}, .group_ids = {{GroupId{"sales"}}}};
  scenario.given(admin, command);
  scenario.given(directory_service(), RemoveGroup{GroupId{"sales"}})
      .given(directory_service(), CreateGroup{GroupId{"sales"}, "Others"});
  scenario.when(admin, command).then_names({"AppAddedForAudience"});
  scenario.given(directory_service(), AddGroupMembers{GroupId{"sales"}, users({"dan"})});
  EXPECT_EQ(state_of(scenario, "dan"), "active");
  scenario.when(admin, command).then_nothing();
}

TEST(D14, DisablingSuspendsThoseAddedForEveryoneAndGrantingAgainLiftsThem) {
  auto scenario = office();
  scenario.given(admin, for_everyone);
  given_disabled(scenario);
  EXPECT_EQ(state_of(scenario, "ann"), "pre_approval_off");
  EXPECT_EQ(suspended_subscriptions(scenario.state().governed_app(notes)), 6U);
  given_grant(scenario, Audience::selected, {UserId{"ann"}});
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_EQ(state_of(scenario, "bob"), "pre_approval_off");
  EXPECT_EQ(suspended_subscriptions(scenario.state().governed_app(notes)), 5U);
  EXPECT_EQ(live(scenario), 6U);
  EXPECT_THAT(audit(scenario.state()), IsEmpty());
}

TEST(D14, RefusalsNameWhatIsWrong) {
  auto scenario = office();
  scenario.when(admin, for_selected({})).then_refused(RejectionCode::invalid_value);
  EXPECT_THAT(
      errors_of(
          scenario.when(admin, for_selected(users({"ann", "nobody"}))).then_refused(RejectionCode::user_not_found)),
      ::testing::ElementsAre("/user_ids/1 user_not_found"));
  scenario.when(ann, for_everyone).then_refused(RejectionCode::privilege_required);
  auto account_level = for_everyone;
  account_level.app_id = rooms;
  scenario.when(admin, account_level).then_refused(RejectionCode::account_level_app);
  scenario.given(admin, RestrictApp{.app_id = notes, .disable_existing = {}, .reason = {}});
  scenario.when(admin, for_everyone).then_refused(RejectionCode::app_restricted);
}

TEST(R38, WhatHitsManyChangesAHandfulOfRows) {
  auto scenario = office();
  for (int index = 0; index < 200; ++index)
    scenario.given_member("m" + std::to_string(index));
  require_approval(scenario, false);
  for (int index = 0; index < 200; ++index) {
    scenario.given(as("m" + std::to_string(index)),
                   Install{.app_id = notes, .scope = {}, .credentials = {}, .optional_scopes = {}});
  }
  given_grant(scenario, Audience::everyone);
  OverlayTable changes(scenario.rows());
  const EventContext context{
      AccountId{"acme"}, scenario.version() + 1, scenario.now(), {ActorType::user, "admin", "admin"}, {}};
  evolve(changes, context, PreApprovalDisabled{.app_id = notes, .reason = {}, .suspended = 200});
  EXPECT_LT(changes.changes().size(), 5U);
  const State after(changes, AccountId{"acme"});
  EXPECT_EQ(suspended_subscriptions(after.governed_app(notes)), 200U);
  EXPECT_FALSE(effective_user_subscription(after, notes, UserId{"m7"})->active());
}

}  // namespace
}  // namespace gatehouse::test
