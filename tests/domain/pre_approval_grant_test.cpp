#include "domain/pre_approval_grant.hpp"

#include <gtest/gtest.h>

#include "domain/gate.hpp"
#include "domain/request.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

GrantPreApproval grant(Audience audience, std::optional<std::vector<UserId>> user_ids = {}) {
  return {.app_id = notes, .audience = audience, .user_ids = std::move(user_ids)};
}

TEST(D24, AGrantCoversDevelopmentOnlyWhenItSaysSoOrTheAppIsNotPublic) {
  auto scenario = office();
  scenario.given(admin, grant(Audience::everyone));
  EXPECT_THAT(unmet(scenario, "ann", notes, Credentials::development), ElementsAre(GateCode::pre_approval_required));
  auto wider = grant(Audience::everyone);
  wider.includes_development = true;
  scenario.given(admin, wider);
  EXPECT_THAT(unmet(scenario, "ann", notes, Credentials::development), IsEmpty());
  scenario.given_app("lab", [](AppRegistered& app) { app.facts.has_production = false; });
  for (const auto& app : {tool, AppId{"lab"}}) {
    EXPECT_TRUE(scenario.when(admin, GrantPreApproval{.app_id = app, .audience = Audience::everyone})
                    .event<PreApprovalGranted>()
                    .includes_development)
        << app.value;
  }
}

TEST(D24, AGrantThatDoesNotCoverDevelopmentLeavesItsRequestsPending) {
  auto scenario = office();
  const auto production = given_request(scenario, ann);
  const auto development = given_request(scenario, bob, notes, Credentials::development);
  EXPECT_EQ(scenario.when(admin, grant(Audience::everyone)).event<PreApprovalGranted>().approved_requests, 1U);
  EXPECT_EQ(status_of(scenario, production), RequestStatus::approved);
  EXPECT_EQ(status_of(scenario, development), RequestStatus::pending);
  scenario.when(bob, RequestPreApproval{.app_id = notes, .credentials = Credentials::development})
      .then_refused(RejectionCode::request_already_pending);
  auto wider = grant(Audience::everyone);
  wider.includes_development = true;
  EXPECT_EQ(scenario.when(admin, wider).event<PreApprovalGranted>().approved_requests, 1U);
  EXPECT_EQ(status_of(scenario, development), RequestStatus::approved);
}

TEST(D24, AGrantThatDoesNotCoverDevelopmentDoesNotLiftItsSuspensions) {
  auto scenario = office();
  require_approval(scenario, false);
  auto wider = grant(Audience::everyone);
  wider.includes_development = true;
  scenario.given(admin, wider);
  scenario.given(ann, Install{.app_id = notes});
  scenario.given(bob, Install{.app_id = notes, .credentials = Credentials::development});
  given_disabled(scenario);
  EXPECT_EQ(scenario.when(admin, grant(Audience::selected, users({"ann", "bob"}))).event<PreApprovalGranted>().lifted,
            1U);
  scenario.given(admin, grant(Audience::everyone));
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_EQ(state_of(scenario, "bob"), "pre_approval_off");
  EXPECT_EQ(scenario.when(admin, wider).event<PreApprovalGranted>().lifted, 1U);
  EXPECT_EQ(state_of(scenario, "bob"), "active");
}

TEST(Granting, ANewSetOfScopesIsANewApproval) {
  auto scenario = office();
  scenario.given(admin, grant(Audience::everyone));
  AppFacts facts = scenario.state().app(notes)->facts;
  facts.required_scopes.push_back("user:read");
  scenario.at(catalogue_stream).given(AppManifestUpdated{notes, 2, facts, "{}"}).at(AccountId{"acme"});
  const auto outcome = scenario.when(admin, grant(Audience::everyone));
  EXPECT_THAT(outcome.event<PreApprovalGranted>().approved_scopes,
              ElementsAre("meeting:read", "user:read", "meeting:write"));
}

}  // namespace
}  // namespace gatehouse::test
