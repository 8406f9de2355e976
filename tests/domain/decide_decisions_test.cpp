#include <gtest/gtest.h>

#include "domain/gate.hpp"
#include "domain/limits.hpp"
#include "domain/request.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ApproveRequests approve(std::initializer_list<const char*> who, const AppId& app = notes) {
  return {.app_id = app, .user_ids = users(who), .reason = "Fine"};
}

ApproveAllRequests approve_all(std::optional<ApproveAllAudience> audience = {}) {
  return {.app_id = notes, .audience = audience};
}

TEST(R14, AnAdminApprovesARequestByRequesterAndByRequest) {
  auto scenario = office();
  const auto of_ann = given_request(scenario, ann);
  const auto of_bob = given_request(scenario, bob);
  scenario.given(admin, approve({"ann"}));
  scenario.given(admin, ApproveRequests{.app_id = notes, .request_ids = {{of_bob}}});
  EXPECT_EQ(status_of(scenario, of_ann), RequestStatus::approved);
  EXPECT_EQ(status_of(scenario, of_bob), RequestStatus::approved);
  const auto row = request_of(scenario, of_ann);
  EXPECT_EQ(row.decided_by, UserId{"admin"});
  EXPECT_EQ(row.decision_reason.text, "Fine");
  EXPECT_EQ(row.via, DecisionRoute::inbox);
}

TEST(D8, ApprovingOneWarnsThatOthersAreLimitedOnlyWhereNobodyNeedsApprovalAnyMore) {
  for (const bool required : {true, false}) {
    auto scenario = office();
    given_request(scenario, ann);
    require_approval(scenario, required);
    EXPECT_EQ(has_warnings(scenario.when(admin, approve({"ann"}))), !required) << required;
  }
}

TEST(R14, WhoMayNotEditTheMarketplaceDecidesNothing) {
  auto scenario = office();
  given_request(scenario, ann);
  EXPECT_EQ(scenario.when(bob, approve({"ann"})).then_refused(RejectionCode::privilege_required).privilege,
            "MarketPlace:Edit");
}

TEST(R14, AListIsApprovedAltogetherOrNotAtAllAndEachCulpritIsPointedAt) {
  auto scenario = office();
  const auto of_ann = given_request(scenario, ann);
  const auto of_bob = given_request(scenario, bob);
  scenario.given(admin, RejectRequests{.kind = RequestKind::pre_approval, .app_id = notes, .user_ids = users({"bob"})});
  const auto refusal =
      scenario.when(admin, approve({"ann", "bob", "cid"})).then_refused(RejectionCode::request_not_pending);
  EXPECT_THAT(errors_of(refusal), ElementsAre("/user_ids/1 request_not_pending", "/user_ids/2 request_not_found"));
  EXPECT_EQ(refusal.request_id, of_bob);
  EXPECT_EQ(status_of(scenario, of_ann), RequestStatus::pending);
}

TEST(R14, ARequestForAnotherAppIsNotFound) {
  auto scenario = office();
  const auto request = given_request(scenario, ann, tool);
  scenario.when(admin, ApproveRequests{.app_id = notes, .request_ids = {{request}}})
      .then_refused(RejectionCode::request_not_found);
}

TEST(R14, NamingTheSameRequestTwiceDecidesItOnce) {
  auto scenario = office();
  given_request(scenario, ann);
  scenario.when(admin, approve({"ann", "ann"})).then_names({"PreApprovalRequestApproved", "PreApprovalGranted"});
}

TEST(R14, MoreRequestsThanOneCommandMayNameAreRefused) {
  auto scenario = office();
  ApproveRequests command{.app_id = notes};
  command.user_ids.emplace(limits::list_items_max + 1, UserId{"ann"});
  scenario.when(admin, command).then_refused(RejectionCode::too_many_items);
}

TEST(R34, TheFirstDecisionWinsAndTheSecondAdminIsToldWhoDecidedAndWhen) {
  auto scenario = office();
  const auto request = given_request(scenario, ann);
  scenario.given(admin, RejectRequests{.kind = RequestKind::pre_approval, .app_id = notes, .user_ids = users({"ann"})});
  const auto decided_at = scenario.now();
  const auto refusal = scenario.when(as("owner"), approve({"ann"})).then_refused(RejectionCode::request_not_pending);
  EXPECT_EQ(refusal.status, RequestStatus::rejected);
  EXPECT_EQ(refusal.decided_by, UserId{"admin"});
  EXPECT_EQ(refusal.decided_at, decided_at);
  EXPECT_EQ(refusal.request_id, request);
}

TEST(R14, D8_ApprovingWhilePreApprovalIsOffSwitchesItOnForTheseUsersAlone) {
  auto scenario = office();
  const auto request = given_request(scenario, ann);
  const auto outcome = scenario.when(admin, approve({"ann"}));
  outcome.then_names({"PreApprovalRequestApproved", "PreApprovalGranted"});
  const auto& approved = outcome.event<PreApprovalRequestApproved>(0);
  EXPECT_EQ(approved.audience_effect, AudienceEffect::added_to_list);
  EXPECT_EQ(approved.reason, (PersonalText{"ann", "Fine"}));
  const auto& grant = outcome.event<PreApprovalGranted>(1);
  EXPECT_EQ(grant.audience, Audience::selected);
  EXPECT_EQ(grant.via, DecisionRoute::inbox);
  EXPECT_EQ(grant.approved_requests, 0U) << "counted by its own event already";
  ASSERT_EQ(grant.entries.size(), 1U);
  EXPECT_EQ(grant.entries[0].user_id, UserId{"ann"});
  EXPECT_EQ(outcome.result("approved"), "1");
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
  EXPECT_THAT(unmet(scenario, "dan"), ElementsAre(GateCode::not_in_allow_list));
}

TEST(R14, D8_ApprovingWhileOnForSelectedUsersAddsTheRequesterToTheList) {
  auto scenario = office();
  given_grant(scenario, Audience::selected, users({"bob"}));
  given_request(scenario, ann);
  const auto outcome = scenario.when(admin, approve({"ann"}));
  outcome.then_names({"PreApprovalRequestApproved", "AllowListEntryAdded"});
  EXPECT_EQ(outcome.event<AllowListEntryAdded>(1).entry.user_id, UserId{"ann"});
  EXPECT_EQ(outcome.event<AllowListEntryAdded>(1).approved_requests, 0U);
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
}

TEST(R14, D8_ApprovingSomebodyWhoIsOnTheListOnlyMarksTheRequest) {
  auto scenario = office();
  given_grant(scenario, Audience::selected, users({"bob"}));
  const auto request = given_request(scenario, ann);
  scenario.given(
      AllowListEntryAdded{notes, {EntryId{"e1"}, EntryKind::email, {}, {}, {"e1", "ann@acme.example"}}, 0, 0});
  scenario.given(AllowListEntryBound{notes, EntryId{"e1"}, UserId{"ann"}});
  const auto outcome = scenario.when(admin, approve({"ann"}));
  outcome.then_names({"PreApprovalRequestApproved"});
  EXPECT_EQ(outcome.event<PreApprovalRequestApproved>().audience_effect, AudienceEffect::none);
  EXPECT_EQ(status_of(scenario, request), RequestStatus::approved);
}

TEST(R14, D8_ApprovingWhileOffAlsoSettlesTheRequestsOfThoseWhoStoodOnTheKeptList) {
  auto scenario = office();
  given_grant(scenario, Audience::selected, users({"bob"}));
  given_disabled(scenario);
  const auto of_bob = given_request(scenario, bob);
  const auto of_ann = given_request(scenario, ann);
  const auto outcome = scenario.when(admin, approve({"ann"}));
  EXPECT_EQ(outcome.event<PreApprovalGranted>(1).approved_requests, 1U);
  EXPECT_EQ(status_of(scenario, of_bob), RequestStatus::approved);
  EXPECT_EQ(request_of(scenario, of_bob).via, DecisionRoute::grant);
  EXPECT_EQ(request_of(scenario, of_ann).via, DecisionRoute::inbox);
  EXPECT_EQ(scenario.state().governed_app(notes).pre_approval_requests.approved, 2U);
}

TEST(R14, D8_ApproveAllOpensTheAppForEveryoneWithOneEvent) {
  auto scenario = office();
  const auto of_ann = given_request(scenario, ann);
  const auto of_bob = given_request(scenario, bob);
  const auto outcome = scenario.when(admin, approve_all());
  outcome.then_names({"PreApprovalGranted"});
  EXPECT_EQ(outcome.event<PreApprovalGranted>().audience, Audience::everyone);
  EXPECT_EQ(outcome.event<PreApprovalGranted>().approved_requests, 2U);
  EXPECT_EQ(outcome.event<PreApprovalGranted>().via, DecisionRoute::approve_all);
  EXPECT_EQ(outcome.result("approved"), "2");
  EXPECT_EQ(request_of(scenario, of_ann).via, DecisionRoute::approve_all);
  EXPECT_EQ(status_of(scenario, of_bob), RequestStatus::approved);
  EXPECT_THAT(unmet(scenario, "dan"), IsEmpty());
}

TEST(R14, D8_ApproveAllGrantsEvenWhenNothingIsPendingAndChangesNothingTheSecondTime) {
  auto scenario = office();
  scenario.when(admin, approve_all()).then_names({"PreApprovalGranted"});
  scenario.when(admin, approve_all()).then_nothing();
}

TEST(R14, D8_ApproveAllForTheRequestersApprovesThemAlone) {
  auto scenario = office();
  const auto of_ann = given_request(scenario, ann);
  const auto of_bob = given_request(scenario, bob);
  const auto outcome = scenario.when(admin, approve_all(ApproveAllAudience::requesters));
  outcome.then_names({"PreApprovalRequestApproved", "PreApprovalRequestApproved", "PreApprovalGranted"});
  EXPECT_EQ(outcome.event<PreApprovalRequestApproved>(0).request_id, of_ann);
  EXPECT_EQ(outcome.event<PreApprovalRequestApproved>(1).request_id, of_bob);
  EXPECT_EQ(outcome.event<PreApprovalGranted>(2).audience, Audience::selected);
  EXPECT_THAT(unmet(scenario, "bob"), IsEmpty());
  EXPECT_THAT(unmet(scenario, "dan"), ElementsAre(GateCode::not_in_allow_list));
  scenario.when(admin, approve_all(ApproveAllAudience::requesters)).then_nothing();
}

TEST(R43, D13_RequestsToInstallAreNotApprovedButInstalled) {
  auto scenario = office();
  given_request(scenario, ann, rooms);
  scenario.when(admin, approve({"ann"}, rooms)).then_refused(RejectionCode::account_level_app);
  scenario.when(admin, ApproveAllRequests{.app_id = rooms}).then_refused(RejectionCode::account_level_app);
}

TEST(R30, D24_ApprovingARequestForDevelopmentExtendsTheGrantToDevelopment) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  const auto request = given_request(scenario, ann, notes, Credentials::development);
  const auto outcome = scenario.when(admin, approve({"ann"}));
  outcome.then_names({"PreApprovalRequestApproved", "PreApprovalGranted"});
  EXPECT_EQ(outcome.event<PreApprovalRequestApproved>(0).audience_effect, AudienceEffect::everyone);
  EXPECT_TRUE(outcome.event<PreApprovalGranted>(1).includes_development);
  EXPECT_EQ(outcome.event<PreApprovalGranted>(1).approved_requests, 0U);
  EXPECT_EQ(status_of(scenario, request), RequestStatus::approved);
  EXPECT_THAT(unmet(scenario, "ann", notes, Credentials::development), IsEmpty());
}

TEST(R30, D24_ApproveAllCoversDevelopmentWhenSomebodyAskedForIt) {
  auto scenario = office();
  const auto production = given_request(scenario, ann);
  const auto development = given_request(scenario, bob, notes, Credentials::development);
  EXPECT_TRUE(scenario.when(admin, approve_all()).event<PreApprovalGranted>().includes_development);
  EXPECT_EQ(status_of(scenario, production), RequestStatus::approved);
  EXPECT_EQ(status_of(scenario, development), RequestStatus::approved);
}

TEST(R14, D27_AnAdminsOwnRequestGoesThroughTheSameDoor) {
  auto scenario = office();
  const auto request = given_request(scenario, admin);
  EXPECT_THAT(unmet(scenario, "admin"), ElementsAre(GateCode::request_pending));
  scenario.given(admin, approve({"admin"}));
  EXPECT_EQ(status_of(scenario, request), RequestStatus::approved);
}

TEST(Approving, AWithdrawnOrUnpublishedAppIsRefused) {
  auto scenario = office();
  given_request(scenario, ann);
  scenario.at(catalogue_stream).given(AppUnpublished{notes}).at(AccountId{"acme"});
  scenario.when(admin, approve({"ann"})).then_refused(RejectionCode::app_not_available);
  scenario.at(catalogue_stream).given(AppWithdrawn{notes}).at(AccountId{"acme"});
  scenario.when(admin, approve({"ann"})).then_refused(RejectionCode::app_withdrawn);
}

}  // namespace
}  // namespace gatehouse::test
