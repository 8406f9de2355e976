#include "domain/request_settlement.hpp"

#include <gtest/gtest.h>

#include "domain/request.hpp"
#include "table/overlay_table.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<RequestId> pending_ids(const State& state, Credentials credentials = Credentials::production) {
  std::vector<RequestId> ids;
  visit_pending_requests(state, notes, RequestKind::pre_approval, credentials, [&](const RequestRow& row) {
    ids.push_back(row.details.request_id);
    return true;
  });
  return ids;
}

TEST(RequestSettlement, PendingRequestsAreVisitedInTheOrderTheyWereMade) {
  auto scenario = office();
  const auto of_dan = given_request(scenario, as("dan"));
  const auto of_ann = given_request(scenario, ann);
  const auto of_bob = given_request(scenario, bob, notes, Credentials::development);
  EXPECT_THAT(pending_ids(scenario.state()), ElementsAre(of_dan, of_ann));
  EXPECT_THAT(pending_ids(scenario.state(), Credentials::development), ElementsAre(of_bob));
  scenario.given(as("dan"), WithdrawRequest{of_dan});
  EXPECT_THAT(pending_ids(scenario.state()), ElementsAre(of_ann));
}

TEST(RequestSettlement, WhatWasSettledAtOnceIsNotPendingAndALaterRequestIs) {
  auto scenario = office();
  given_request(scenario, ann);
  given_request(scenario, bob);
  EXPECT_TRUE(scenario.when_confirmed(admin, DeclineAllRequests{.app_id = notes}).accepted());
  EXPECT_THAT(pending_ids(scenario.state()), IsEmpty());
  const auto later = given_request(scenario, ann);
  EXPECT_THAT(pending_ids(scenario.state()), ElementsAre(later));
  ASSERT_EQ(pending_requests_of_user(scenario.state(), UserId{"ann"}).size(), 1U);
  EXPECT_THAT(pending_requests_of_user(scenario.state(), UserId{"bob"}), IsEmpty());
}

TEST(RequestSettlement, TheFirstOfSeveralDecisionsForAllIsTheOneThatCounts) {
  auto scenario = office();
  const auto first = given_request(scenario, ann);
  EXPECT_TRUE(scenario.when_confirmed(admin, DeclineAllRequests{.app_id = notes}).accepted());
  const auto second = given_request(scenario, ann);
  given_grant(scenario, Audience::everyone);
  EXPECT_EQ(status_of(scenario, first), RequestStatus::rejected);
  EXPECT_EQ(status_of(scenario, second), RequestStatus::approved);
  EXPECT_EQ(latest_request(scenario.state(), notes, RequestKind::pre_approval, UserId{"ann"})->details.request_id, second);
}

TEST(RequestSettlement, ASettledRequestIsNotSettledAgain) {
  auto scenario = office();
  const auto request = given_request(scenario, ann);
  given_grant(scenario, Audience::everyone);
  const auto before = scenario.rows().rows();
  settle_request(scenario.rows(), {AccountId{"acme"}, 99, {}, {}, {}}, request,
                 {RequestStatus::rejected, UserId{"late"}, {}, DecisionRoute::inbox});
  settle_request(scenario.rows(), {AccountId{"acme"}, 99, {}, {}, {}}, RequestId{"missing"},
                 {RequestStatus::rejected, UserId{"late"}, {}, DecisionRoute::inbox});
  EXPECT_EQ(scenario.rows().rows(), before);
}

TEST(RequestSettlement, SettlingAThousandAtOnceWritesAFewRows) {
  auto scenario = office();
  for (int index = 0; index < 1'000; ++index) {
    PreApprovalRequested event;
    event.request.request_id = RequestId{"r" + std::to_string(index)};
    event.request.app_id = notes;
    event.request.user_id = UserId{"u" + std::to_string(index)};
    scenario.given(event);
  }
  const auto changes = [&](const Event& event) {
    OverlayTable rows(scenario.rows());
    evolve(rows, {AccountId{"acme"}, scenario.version() + 1, scenario.now(), {}, {}}, event);
    const auto row = effective_request(State(rows, AccountId{"acme"}), RequestId{"r7"}).value();
    EXPECT_NE(row.status, RequestStatus::pending) << name_of(event);
    return rows.changes().size();
  };
  EXPECT_LT(changes(PreApprovalGranted{notes, Audience::everyone, {}, {}, false, {}, DecisionRoute::grant, 1'000, 0}), 20U);
  EXPECT_LT(changes(AllRequestsDeclined{notes, UserId{"admin"}, {}, 1'000, false, 0}), 20U);
  EXPECT_LT(changes(AppRestricted{notes, {}, false, 1'000, 0}), 20U);
}

}  // namespace
}  // namespace gatehouse::test
