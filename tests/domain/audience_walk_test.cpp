#include "domain/audience_walk.hpp"

#include <gtest/gtest.h>

#include "domain/allow_list.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

AllowListEntry user_entry(const std::string& user) {
  return {EntryId{"e-" + user}, EntryKind::user, UserId{user}, {}, {}};
}
AllowListEntry sales_entry() { return {EntryId{"e-sales"}, EntryKind::group, {}, GroupId{"sales"}, {}}; }

void list(Scenario& scenario, const AllowListEntry& entry) { scenario.given(AllowListEntryAdded{notes, entry, 0, 0}); }

// Two suspended subscriptions and two pending requests, of which bob has one each.
Scenario office_with_backlog() {
  auto scenario = office();
  given_installed(scenario, {"bob", "dan"});
  given_grant(scenario, Audience::everyone);
  given_disabled(scenario);
  given_request(scenario, ann);
  given_request(scenario, bob);
  return scenario;
}

TEST(AudienceWalk, AnEntryReachesItsUserOrItsGroupsMembersAlone) {
  const auto scenario = office_with_backlog();
  const auto of_ann = reach_of_entry(scenario.state(), notes, user_entry("ann"), Covers::production).value();
  EXPECT_THAT(of_ann.requests, SizeIs(1));
  EXPECT_THAT(of_ann.suspensions, IsEmpty());
  const auto of_sales = reach_of_entry(scenario.state(), notes, sales_entry(), Covers::production).value();
  EXPECT_THAT(of_sales.requests, SizeIs(1));
  EXPECT_THAT(of_sales.suspensions, ElementsAre(UserId{"bob"}));
}

TEST(AudienceWalk, AnUnboundAddressReachesNobody) {
  const auto scenario = office_with_backlog();
  const AllowListEntry eve{EntryId{"e"}, EntryKind::email, {}, {}, {"e", "eve@acme.example"}};
  EXPECT_TRUE(reach_of_entry(scenario.state(), notes, eve, Covers::production).value().empty());
}

TEST(AudienceWalk, TheListReachesEveryoneOnIt) {
  auto scenario = office_with_backlog();
  list(scenario, user_entry("dan"));
  list(scenario, sales_entry());
  const auto reach = reach_of_list(scenario.state(), notes, Covers::production).value();
  EXPECT_THAT(reach.requests, SizeIs(1));
  EXPECT_THAT(reach.suspensions, ElementsAre(UserId{"bob"}, UserId{"dan"}));
}

TEST(AudienceWalk, EitherWayOfWalkingFindsTheSame) {
  auto scenario = office_with_backlog();
  list(scenario, user_entry("dan"));
  list(scenario, sales_entry());
  const auto by_name = reach_of_list(scenario.state(), notes, Covers::production).value();
  // Strangers on the list make it longer than the walk's bound; the backlog is not.
  for (int index = 0; index < 20; ++index)
    put_entry(scenario.rows(), {AccountId{"acme"}, 99, {}, {}, {}}, notes,
              user_entry("stranger" + std::to_string(index)));
  const auto by_backlog = reach_of_list(scenario.state(), notes, Covers::production, 10).value();
  EXPECT_EQ(by_backlog.requests, by_name.requests);
  EXPECT_EQ(by_backlog.suspensions, by_name.suspensions);
}

TEST(AudienceWalk, WhatIsTooMuchEitherWayIsNotWalked) {
  auto scenario = office_with_backlog();
  for (const auto* user : {"ann", "bob", "dan"})
    list(scenario, user_entry(user));
  EXPECT_FALSE(reach_of_list(scenario.state(), notes, Covers::production, 2).has_value());
  EXPECT_TRUE(reach_of_list(scenario.state(), notes, Covers::production, walk_unbounded).has_value());
}

TEST(AudienceWalk, WithoutABacklogAnyListCostsNothing) {
  auto scenario = office();
  for (const auto* user : {"ann", "bob", "dan"})
    list(scenario, user_entry(user));
  EXPECT_TRUE(reach_of_list(scenario.state(), notes, Covers::production, 0).value().empty());
}

TEST(AudienceWalk, WhoHasTheAppByAddedForEveryoneIsFoundAmongTheMembers) {
  auto scenario = office();
  scenario.given(admin, AddAppForUsers{.app_id = notes, .audience = Audience::everyone});
  given_disabled(scenario);
  list(scenario, user_entry("dan"));
  for (int index = 0; index < 20; ++index)
    put_entry(scenario.rows(), {AccountId{"acme"}, 99, {}, {}, {}}, notes,
              user_entry("stranger" + std::to_string(index)));
  const auto by_backlog = reach_of_list(scenario.state(), notes, Covers::production, 10).value();
  EXPECT_THAT(by_backlog.suspensions, ElementsAre(UserId{"dan"}));
}

TEST(AudienceWalk, DevelopmentIsReachedOnlyWhenItIsCovered) {
  auto scenario = office();
  given_request(scenario, ann, notes, Credentials::development);
  EXPECT_TRUE(reach_of_entry(scenario.state(), notes, user_entry("ann"), Covers::production).value().empty());
  EXPECT_THAT(reach_of_entry(scenario.state(), notes, user_entry("ann"), Covers::development_too).value().requests,
              SizeIs(1));
}

TEST(AudienceWalk, AnAudienceTooLargeToLookAtIsRefusedWithAWayOut) {
  auto scenario = office();
  given_installed(scenario, {"dan"});
  auto& rows = scenario.rows();
  const EventContext context{AccountId{"acme"}, scenario.version(), {}, {}, {}};
  given_grant(scenario, Audience::everyone);
  for (std::size_t index = 0; index <= limits::audience_walk_max; ++index) {
    AppInstalled installed;
    installed.app_id = notes;
    installed.subscription_id = SubscriptionId{"s" + std::to_string(index)};
    installed.installed_for = UserId{"u" + std::to_string(index)};
    evolve(rows, context, installed);
    put_entry(rows, context, notes, user_entry("u" + std::to_string(index)));
  }
  given_disabled(scenario);
  const GrantPreApproval command{.app_id = notes, .audience = Audience::selected};
  const auto refusal = scenario.when(admin, command).then_refused(RejectionCode::audience_too_large);
  EXPECT_NE(refusal.detail.find("grant for everyone"), std::string::npos);
  given_grant(scenario, Audience::everyone);
  EXPECT_TRUE(scenario.when(admin, SetInstallAudience{notes, Audience::selected}).accepted());
  EXPECT_EQ(state_of(scenario, "u7"), "active");
}

}  // namespace
}  // namespace gatehouse::test
