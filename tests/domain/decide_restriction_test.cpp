#include <gtest/gtest.h>

#include "domain/gate.hpp"
#include "domain/request.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(R8, ARestrictedAppIsInstalledByNobodyUntilTheRestrictionIsLifted) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  scenario.when(admin, RestrictApp{.app_id = notes, .reason = "Under review"})
      .then({AppRestricted{notes, {"admin", "Under review"}, false, 0, 0}});
  EXPECT_THAT(unmet(scenario, "ann"), ElementsAre(GateCode::app_restricted));
  EXPECT_THAT(unmet(scenario, "admin"), ElementsAre(GateCode::app_restricted));
  scenario.when(admin, LiftRestriction{.app_id = notes}).then({AppRestrictionLifted{notes, {"admin", ""}, 0}});
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
}

TEST(R8, WhoMayNotEditTheMarketplaceRestrictsNothing) {
  auto scenario = office();
  scenario.when(ann, RestrictApp{.app_id = notes}).then_refused(RejectionCode::privilege_required);
  scenario.when(ann, LiftRestriction{.app_id = notes}).then_refused(RejectionCode::privilege_required);
}

TEST(R8, D23_RestrictingRejectsThePendingRequestsOfBothKindsWithOneEvent) {
  auto scenario = office();
  const auto of_ann = given_request(scenario, ann);
  const auto of_bob = given_request(scenario, bob, notes, Credentials::development);
  EXPECT_EQ(scenario.when(admin, RestrictApp{.app_id = notes}).event<AppRestricted>().rejected_requests, 2U);
  EXPECT_EQ(status_of(scenario, of_ann), RequestStatus::rejected);
  EXPECT_EQ(request_of(scenario, of_ann).decision_reason.text, "app_restricted");
  EXPECT_EQ(request_of(scenario, of_ann).decided_by, UserId{"admin"});
  EXPECT_EQ(status_of(scenario, of_bob), RequestStatus::rejected);
  const auto install = given_request(scenario, ann, rooms);
  scenario.given(admin, RestrictApp{.app_id = rooms});
  EXPECT_EQ(status_of(scenario, install), RequestStatus::rejected);
}

TEST(R8, D23_ExistingSubscriptionsStayUnlessTheyAreToBeDisabled) {
  auto scenario = office();
  given_installed(scenario, {"ann", "bob"});
  scenario.given(admin, RestrictApp{.app_id = notes});
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  const auto again = scenario.when(admin, RestrictApp{.app_id = notes, .disable_existing = true});
  EXPECT_EQ(again.event<AppRestricted>().suspended, 2U);
  EXPECT_EQ(state_of(scenario, "ann"), "restricted");
  EXPECT_EQ(scenario.when(admin, LiftRestriction{.app_id = notes}).event<AppRestrictionLifted>().lifted, 2U);
  EXPECT_EQ(state_of(scenario, "ann"), "active");
}

TEST(R8, D23_RestrictingOrLiftingAgainChangesNothing) {
  auto scenario = office();
  scenario.when(admin, LiftRestriction{.app_id = notes}).then_nothing();
  scenario.given(admin, RestrictApp{.app_id = notes, .disable_existing = true});
  scenario.when(admin, RestrictApp{.app_id = notes}).then_nothing();
  scenario.when(admin, RestrictApp{.app_id = notes, .disable_existing = true}).then_nothing();
}

TEST(R8, D23_ARestrictionKeepsItsAuthorAndReasonWhenItIsWidened) {
  auto scenario = office();
  scenario.given(admin, RestrictApp{.app_id = notes, .reason = "First"});
  scenario.given(as("owner"), RestrictApp{.app_id = notes, .disable_existing = true, .reason = "Second"});
  const auto governed = scenario.state().governed_app(notes);
  EXPECT_EQ(governed.restricted_by, UserId{"admin"});
  EXPECT_EQ(governed.restriction_reason.text, "First");
}

TEST(R8, D23_RestrictionAndPreApprovalAreIndependent) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"ann"});
  scenario.given(admin, RestrictApp{.app_id = notes, .disable_existing = true});
  given_disabled(scenario);
  EXPECT_EQ(state_of(scenario, "ann"), "pre_approval_off+restricted");
  scenario.given(admin, LiftRestriction{.app_id = notes});
  EXPECT_EQ(state_of(scenario, "ann"), "pre_approval_off");
  given_grant(scenario, Audience::everyone);
  EXPECT_EQ(state_of(scenario, "ann"), "active");
}

TEST(R8, D23_AnUnknownAppIsNotRestricted) {
  auto scenario = office();
  scenario.when(admin, RestrictApp{.app_id = AppId{"missing"}}).then_refused(RejectionCode::app_not_found);
}

}  // namespace
}  // namespace gatehouse::test
