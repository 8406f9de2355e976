#include <gtest/gtest.h>

#include "domain/request.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

RejectRequests reject(std::initializer_list<const char*> who, const AppId& app = notes) {
  const auto kind = app == rooms ? RequestKind::install : RequestKind::pre_approval;
  return {.kind = kind, .app_id = app, .user_ids = users(who), .reason = "We have one already"};
}

CancelRequests cancel(std::initializer_list<const char*> who, const AppId& app = notes) {
  const auto kind = app == rooms ? RequestKind::install : RequestKind::pre_approval;
  return {.kind = kind, .app_id = app, .user_ids = users(who)};
}

TEST(R14, ARejectionKeepsWhoDecidedAndWhyForTheRequester) {
  auto scenario = office();
  const auto request = given_request(scenario, ann);
  const auto outcome = scenario.when(admin, reject({"ann"}));
  outcome.then(
      {PreApprovalRequestRejected{notes, request, UserId{"ann"}, UserId{"admin"}, {"ann", "We have one already"}}});
  EXPECT_EQ(outcome.result("rejected"), "1");
  EXPECT_EQ(status_of(scenario, request), RequestStatus::rejected);
  EXPECT_EQ(request_of(scenario, request).decision_reason.text, "We have one already");
}

TEST(R43, ARequestToInstallIsRejectedByNameOrFulfilledByAnyInstallation) {
  auto scenario = office();
  const auto of_ann = given_request(scenario, ann, rooms);
  const auto of_bob = given_request(scenario, bob, rooms);
  scenario.when(admin, reject({"ann"}, rooms)).then_names({"InstallRequestRejected"});
  EXPECT_EQ(status_of(scenario, of_ann), RequestStatus::rejected);
  scenario.given(as("owner"), Install{.app_id = rooms, .scope = SubscriptionScope::account});
  EXPECT_EQ(status_of(scenario, of_bob), RequestStatus::fulfilled);
  const auto refusal = scenario.when(admin, reject({"bob"}, rooms)).then_refused(RejectionCode::request_not_pending);
  EXPECT_EQ(refusal.status, RequestStatus::fulfilled);
  EXPECT_EQ(refusal.decided_by, UserId{"owner"});
}

TEST(R43, TheKindOfTheRequestsMustBeTheApps) {
  auto scenario = office();
  scenario.when(admin, RejectRequests{.kind = RequestKind::install, .app_id = notes, .user_ids = users({"ann"})})
      .then_refused(RejectionCode::user_level_app);
  scenario.when(admin, CancelRequests{.kind = RequestKind::pre_approval, .app_id = rooms, .user_ids = users({"ann"})})
      .then_refused(RejectionCode::account_level_app);
}

TEST(R14, D11_DecliningActsOnPendingRequestsOnlyAllOrNothing) {
  auto scenario = office();
  const auto of_ann = given_request(scenario, ann);
  given_request(scenario, bob);
  scenario.given(admin, reject({"bob"}));
  const auto refusal = scenario.when(admin, reject({"ann", "bob"})).then_refused(RejectionCode::request_not_pending);
  EXPECT_THAT(errors_of(refusal), ElementsAre("/user_ids/1 request_not_pending"));
  EXPECT_EQ(status_of(scenario, of_ann), RequestStatus::pending);
}

TEST(R14, D11_DecliningAllSaysFirstWhatItHitsThenRejectsRevokesAndSuspendsWithOneEvent) {
  auto scenario = office();
  given_grant(scenario, Audience::selected, users({"bob", "cid"}));
  given_installed(scenario, {"bob", "cid"});
  const auto of_ann = given_request(scenario, ann);
  const auto impact = scenario.when(admin, DeclineAllRequests{.app_id = notes})
                          .then_refused(RejectionCode::confirmation_required)
                          .impact;
  EXPECT_THAT(impact.value().counts, ElementsAre(Pair("requests", 1U), Pair("subscriptions", 2U)));
  scenario.when_confirmed(admin, DeclineAllRequests{.app_id = notes, .reason = "No"})
      .then({AllRequestsDeclined{notes, UserId{"admin"}, {"admin", "No"}, 1, true, 2}});
  EXPECT_EQ(status_of(scenario, of_ann), RequestStatus::rejected);
  EXPECT_EQ(request_of(scenario, of_ann).via, DecisionRoute::decline_all);
  EXPECT_EQ(state_of(scenario, "bob"), "pre_approval_off");
  EXPECT_FALSE(scenario.state().governed_app(notes).pre_approval_on);
  EXPECT_TRUE(scenario.state().allow_list_entry(notes, "u:bob").has_value()) << "the list is kept";
}

TEST(R14, D11_AConfirmationIsStaleWhenSomebodyAskedInBetween) {
  auto scenario = office();
  given_request(scenario, ann);
  const auto first =
      scenario.when(admin, DeclineAllRequests{.app_id = notes}).then_refused(RejectionCode::confirmation_required);
  given_request(scenario, bob);
  const DeclineAllRequests confirmed{.app_id = notes, .confirmation = first.confirmation_token};
  scenario.when(admin, confirmed).then_refused(RejectionCode::confirmation_stale);
}

TEST(R14, D11_DecliningAllWhereNothingIsPendingOrApprovedChangesNothingAndAsksNothing) {
  auto scenario = office();
  scenario.when(admin, DeclineAllRequests{.app_id = notes}).then_nothing();
}

TEST(R14, D11_DecliningAllDisablesWhatIsInstalledWithoutAnApprovalAsWell) {
  auto scenario = office();
  given_installed(scenario, {"bob"});
  given_request(scenario, ann);
  const auto outcome = scenario.when_confirmed(admin, DeclineAllRequests{.app_id = notes});
  EXPECT_FALSE(outcome.event<AllRequestsDeclined>().pre_approval_revoked);
  EXPECT_EQ(outcome.event<AllRequestsDeclined>().suspended, 1U);
  EXPECT_EQ(state_of(scenario, "bob"), "pre_approval_off");
  scenario.when(admin, DeclineAllRequests{.app_id = notes}).then_nothing();
  scenario.given(admin, GrantPreApproval{notes, Audience::everyone, {}, {}, {}, {}, {}});
  EXPECT_EQ(state_of(scenario, "bob"), "active");
}

TEST(R14, D12_CancellingIsNoVerdictAndHasEventsOfItsOwn) {
  auto scenario = office();
  const auto approval = given_request(scenario, ann);
  const auto install = given_request(scenario, ann, rooms);
  scenario.when(admin, cancel({"ann"}))
      .then({PreApprovalRequestCancelled{notes, approval, UserId{"ann"}, UserId{"admin"}}});
  scenario.when(admin, cancel({"ann"}, rooms))
      .then({InstallRequestCancelled{rooms, install, UserId{"ann"}, UserId{"admin"}}});
  EXPECT_EQ(status_of(scenario, approval), RequestStatus::cancelled);
  const auto counters = scenario.state().governed_app(notes).pre_approval_requests;
  EXPECT_EQ(counters.pending + counters.approved + counters.rejected, 0U);
  EXPECT_EQ(counters.total, 1U);
  EXPECT_NE(given_request(scenario, ann), approval) << "the user may ask again";
}

TEST(R14, D12_AMemberDoesNotCancel) {
  auto scenario = office();
  given_request(scenario, ann);
  scenario.when(bob, cancel({"ann"})).then_refused(RejectionCode::privilege_required);
}

TEST(R14, D12_RequestsOfAnAppUnpublishedSinceCanStillBeRejected) {
  auto scenario = office();
  given_request(scenario, ann);
  scenario.at(catalogue_stream).given(AppUnpublished{notes}).at(AccountId{"acme"});
  EXPECT_TRUE(scenario.when(admin, reject({"ann"})).accepted());
}

}  // namespace
}  // namespace gatehouse::test
