#include <gtest/gtest.h>

#include "domain/gate.hpp"
#include "domain/request.hpp"
#include "table/overlay_table.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

GrantPreApproval grant(Audience audience, std::optional<std::vector<UserId>> user_ids = {}) {
  return {.app_id = notes, .audience = audience, .user_ids = std::move(user_ids)};
}

TEST(R19, GrantingOpensTheAppForEveryoneAndRecordsWhatWasApproved) {
  auto scenario = office();
  const auto outcome = scenario.when(admin, grant(Audience::everyone));
  const auto& granted = outcome.event<PreApprovalGranted>();
  EXPECT_THAT(granted.approved_scopes, ElementsAre("meeting:read", "meeting:write"));
  EXPECT_FALSE(granted.includes_development);
  EXPECT_EQ(granted.via, DecisionRoute::grant);
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
  EXPECT_EQ(scenario.state().governed_app(notes).approver_id, UserId{"admin"});
}

TEST(R19, GrantingTheSameAgainIsRefusedAndAnythingNewIsNot) {
  auto scenario = office();
  scenario.given(admin, grant(Audience::selected, users({"ann"})));
  scenario.when(admin, grant(Audience::selected, users({"ann"}))).then_refused(RejectionCode::already_granted);
  scenario.when(admin, grant(Audience::selected)).then_refused(RejectionCode::already_granted);
  EXPECT_EQ(
      scenario.when(admin, grant(Audience::selected, users({"ann", "bob"}))).event<PreApprovalGranted>().entries.size(),
      1U);
  scenario.when(admin, grant(Audience::everyone)).then_names({"PreApprovalGranted"});
  scenario.when(admin, grant(Audience::everyone)).then_refused(RejectionCode::already_granted);
  scenario.when(admin, grant(Audience::selected)).then_names({"PreApprovalGranted"});
}

TEST(R19, FewerScopesAreNothingNewToGrant) {
  auto scenario = office();
  scenario.given(admin, grant(Audience::everyone));
  const auto changed_to = [&](std::uint32_t version, std::vector<std::string> scopes) {
    AppManifestUpdated event{.app_id = notes, .manifest_version = version, .facts = {}, .manifest = "{}"};
    event.facts = scenario.state().app(notes)->facts;
    event.facts.optional_scopes = std::move(scopes);
    scenario.at(catalogue_stream).given(std::move(event)).at(AccountId{"acme"});
  };
  changed_to(2, {});
  scenario.when(admin, grant(Audience::everyone)).then_refused(RejectionCode::already_granted);
  changed_to(3, {"user:read"});
  scenario.when(admin, grant(Audience::everyone)).then_names({"PreApprovalGranted"});
}

TEST(R19, NobodySelectedIsRefusedAndNamesGoWithASelectedAudienceOnly) {
  auto scenario = office();
  scenario.when(admin, grant(Audience::selected)).then_refused(RejectionCode::invalid_value);
  scenario.when(admin, grant(Audience::everyone, users({"ann"}))).then_refused(RejectionCode::invalid_value);
}

TEST(R19, EntriesMadeWhilePreApprovalIsOffTakeEffectWithTheGrant) {
  auto scenario = office();
  given_installed(scenario, {"dan"});
  scenario.given(admin, AddAllowListEntries{.app_id = notes, .user_ids = users({"ann"})});
  EXPECT_THAT(unmet(scenario, "ann"), ElementsAre(GateCode::pre_approval_required));
  scenario.given(admin, grant(Audience::selected));
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
}

TEST(R19, AnAccountLevelAppIsNotPreApproved) {
  auto scenario = office();
  scenario.when(admin, GrantPreApproval{.app_id = rooms, .audience = Audience::everyone})
      .then_refused(RejectionCode::account_level_app);
}

TEST(R16, TheAudienceIsNarrowedAndWidenedAndTheSameAudienceChangesNothing) {
  auto scenario = office();
  given_installed(scenario, {"dan"});
  scenario.given(admin, grant(Audience::everyone));
  scenario.when(admin, SetInstallAudience{notes, Audience::everyone}).then_nothing();
  scenario.when(admin, SetInstallAudience{notes, Audience::selected})
      .then({InstallAudienceChanged{notes, Audience::selected, 0, 0}});
  EXPECT_THAT(unmet(scenario, "ann"), ElementsAre(GateCode::not_in_allow_list));
  const auto request = given_request(scenario, ann);
  scenario.when(admin, SetInstallAudience{notes, Audience::everyone})
      .then({InstallAudienceChanged{notes, Audience::everyone, 1, 0}});
  EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
  EXPECT_EQ(status_of(scenario, request), RequestStatus::approved);
}

TEST(R16, AnAudienceSetWhilePreApprovalIsOffSettlesNothing) {
  auto scenario = office();
  given_installed(scenario, {"dan"});
  const auto request = given_request(scenario, ann);
  scenario.given(admin, SetInstallAudience{notes, Audience::selected});
  scenario.given(admin, SetInstallAudience{notes, Audience::everyone});
  EXPECT_EQ(status_of(scenario, request), RequestStatus::pending);
}

TEST(R22, NarrowingTheAudienceTouchesNoSubscription) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"ann"});
  scenario.given(admin, SetInstallAudience{notes, Audience::selected});
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_TRUE(scenario.when_confirmed(ann, Uninstall{.app_id = notes}).accepted());
  EXPECT_THAT(unmet(scenario, "ann"), ElementsAre(GateCode::not_in_allow_list)) << "a new install is judged anew";
}

TEST(R37, SwitchingOffSaysFirstHowManySubscriptionsItHits) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"ann", "bob"});
  const auto refusal =
      scenario.when(admin, DisablePreApproval{.app_id = notes}).then_refused(RejectionCode::confirmation_required);
  EXPECT_THAT(refusal.impact.value().counts, ElementsAre(Pair("subscriptions", 2U)));
  scenario.when_confirmed(admin, DisablePreApproval{.app_id = notes, .reason = "Under review"})
      .then({PreApprovalDisabled{notes, {"admin", "Under review"}, 2}});
  scenario.when(admin, DisablePreApproval{.app_id = notes}).then_refused(RejectionCode::pre_approval_off);
}

TEST(R37, AConfirmationIsStaleWhenSomebodyInstalledInBetween) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"ann"});
  const auto token =
      scenario.when(admin, DisablePreApproval{.app_id = notes}).then_refused(RejectionCode::confirmation_required);
  given_installed(scenario, {"bob"});
  const DisablePreApproval confirmed{.app_id = notes, .confirmation = token.confirmation_token};
  scenario.when(admin, confirmed).then_refused(RejectionCode::confirmation_stale);
}

TEST(R38, OneEventSuspendsEveryLiveSubscriptionAndWritesAFewRows) {
  auto scenario = office();
  require_approval(scenario, false);
  given_grant(scenario, Audience::everyone);
  for (int index = 0; index < 100; ++index) {
    AppInstalled installed;
    installed.app_id = notes;
    installed.subscription_id = SubscriptionId{"s" + std::to_string(index)};
    installed.installed_for = installed.installed_by = UserId{"u" + std::to_string(index)};
    scenario.given(installed);
  }
  OverlayTable rows(scenario.rows());
  const EventContext context{AccountId{"acme"}, scenario.version() + 1, scenario.now(), {}, {}};
  evolve(rows, context, PreApprovalDisabled{notes, {}, 100});
  EXPECT_LT(rows.changes().size(), 5U);
  given_disabled(scenario);
  EXPECT_EQ(state_of(scenario, "u0"), "pre_approval_off");
  EXPECT_EQ(state_of(scenario, "u99"), "pre_approval_off");
  EXPECT_EQ(scenario.state().governed_app(notes).suspended, 100U);
}

TEST(R38, D4_ASuspensionIsNoUninstallationTheListStaysAndExemptAppsAreHitToo) {
  auto scenario = office();
  scenario.given(admin, SetApprovalPolicy{AppClass::unlisted, true, false, true});
  scenario.given(admin, GrantPreApproval{.app_id = tool, .audience = Audience::selected, .user_ids = users({"ann"})});
  scenario.given(ann, Install{.app_id = tool});
  given_disabled(scenario, tool);
  EXPECT_EQ(state_of(scenario, "ann", tool), "pre_approval_off");
  EXPECT_TRUE(scenario.state().allow_list_entry(tool, "u:ann").has_value());
}

TEST(R38, D4_GrantingForEveryoneLiftsAllSuspensionsOfThisCauseAndNoOther) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"ann", "bob"});
  scenario.given(admin, DisableSubscription{notes, UserId{"bob"}});
  given_disabled(scenario);
  EXPECT_EQ(state_of(scenario, "bob"), "admin+pre_approval_off");
  EXPECT_EQ(scenario.when(admin, grant(Audience::everyone)).event<PreApprovalGranted>().lifted, 2U);
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_EQ(state_of(scenario, "bob"), "admin");
}

TEST(R38, D4_GrantingForSelectedUsersLiftsExactlyTheirsGroupsIncluded) {
  auto scenario = office();
  given_grant(scenario, Audience::everyone);
  given_installed(scenario, {"ann", "bob", "cid", "dan"});
  given_disabled(scenario);
  auto command = grant(Audience::selected, users({"ann"}));
  command.group_ids = {{GroupId{"sales"}}};
  EXPECT_EQ(scenario.when(admin, command).event<PreApprovalGranted>().lifted, 3U);
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_EQ(state_of(scenario, "cid"), "active");
  EXPECT_EQ(state_of(scenario, "dan"), "pre_approval_off");
}

TEST(R38, D4_GrantingForTheKeptListLiftsThoseOnIt) {
  auto scenario = office();
  given_installed(scenario, {"ann", "dan"});
  given_grant(scenario, Audience::selected, users({"ann"}));
  given_disabled(scenario);
  EXPECT_EQ(scenario.when(admin, grant(Audience::selected)).event<PreApprovalGranted>().lifted, 1U);
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_EQ(state_of(scenario, "dan"), "pre_approval_off");
}

TEST(R38, D4_WhoJoinedAListedGroupAfterwardsIsLiftedByGrantingAgain) {
  auto scenario = office();
  given_installed(scenario, {"dan"});
  given_grant(scenario, Audience::everyone);
  given_disabled(scenario);
  scenario.given(admin,
                 GrantPreApproval{.app_id = notes, .audience = Audience::selected, .group_ids = {{GroupId{"sales"}}}});
  scenario.given(directory_service(), AddGroupMembers{GroupId{"sales"}, users({"dan"})});
  EXPECT_EQ(state_of(scenario, "dan"), "pre_approval_off");
  EXPECT_EQ(scenario.when(admin, grant(Audience::selected)).event<PreApprovalGranted>().lifted, 1U);
  EXPECT_EQ(state_of(scenario, "dan"), "active");
}

TEST(R38, D4_SwitchingOffHitsThoseWhoHaveTheAppByAddedForEveryone) {
  auto scenario = office();
  scenario.given(admin, AddAppForUsers{.app_id = notes, .audience = Audience::everyone});
  const auto outcome = scenario.when_confirmed(admin, DisablePreApproval{.app_id = notes});
  EXPECT_EQ(outcome.event<PreApprovalDisabled>().suspended, 6U);
  EXPECT_EQ(state_of(scenario, "ann"), "pre_approval_off");
  EXPECT_EQ(scenario.when(admin, grant(Audience::selected, users({"ann"}))).event<PreApprovalGranted>().lifted, 1U);
  EXPECT_EQ(state_of(scenario, "ann"), "active");
  EXPECT_EQ(state_of(scenario, "bob"), "pre_approval_off");
  EXPECT_EQ(scenario.when(admin, grant(Audience::everyone)).event<PreApprovalGranted>().lifted, 5U);
  EXPECT_EQ(state_of(scenario, "bob"), "active");
}

TEST(R19, D9_GrantingForEveryoneApprovesAllPendingRequestsWithOneEventAndAFewRows) {
  auto scenario = office();
  std::vector<RequestId> requests;
  for (const auto* user : {"ann", "bob", "cid", "dan", "owner"})
    requests.push_back(given_request(scenario, as(user)));
  EXPECT_EQ(scenario.when(admin, grant(Audience::everyone)).event<PreApprovalGranted>().approved_requests, 5U);
  for (const auto& request : requests)
    EXPECT_EQ(status_of(scenario, request), RequestStatus::approved);
  EXPECT_EQ(request_of(scenario, requests[0]).decided_by, UserId{"admin"});
  EXPECT_EQ(request_of(scenario, requests[0]).decided_at, scenario.now());
  const auto counters = scenario.state().governed_app(notes).pre_approval_requests;
  EXPECT_EQ(counters.pending, 0U);
  EXPECT_EQ(counters.approved, 5U);
}

TEST(R19, D9_GrantingForSelectedUsersApprovesTheirRequestsAndLeavesTheOthersPending) {
  auto scenario = office();
  const auto of_ann = given_request(scenario, ann);
  const auto of_bob = given_request(scenario, bob);
  const auto of_dan = given_request(scenario, as("dan"));
  auto command = grant(Audience::selected, users({"ann"}));
  command.group_ids = {{GroupId{"sales"}}};
  EXPECT_EQ(scenario.when(admin, command).event<PreApprovalGranted>().approved_requests, 2U);
  EXPECT_EQ(status_of(scenario, of_ann), RequestStatus::approved);
  EXPECT_EQ(status_of(scenario, of_bob), RequestStatus::approved);
  EXPECT_EQ(status_of(scenario, of_dan), RequestStatus::pending);
  EXPECT_EQ(request_of(scenario, of_bob).via, DecisionRoute::grant);
}

TEST(Granting, AWithdrawnAndAnInvisibleAppAreRefused) {
  auto scenario = office();
  scenario.when(admin, GrantPreApproval{.app_id = AppId{"missing"}, .audience = Audience::everyone})
      .then_refused(RejectionCode::app_not_found);
  scenario.at(catalogue_stream).given(AppWithdrawn{notes}).at(AccountId{"acme"});
  scenario.when(admin, grant(Audience::everyone)).then_refused(RejectionCode::app_withdrawn);
}

}  // namespace
}  // namespace gatehouse::test
