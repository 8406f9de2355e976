// Chapter 1.2 of the rules: asking for pre-approval, as the user sees it. More of R9 stands in decide_requests_test.cpp.
#include <gtest/gtest.h>

#include <boost/describe/enum_to_string.hpp>

#include "domain/gate.hpp"
#include "domain/request.hpp"
#include "domain/user_state.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

std::string user_state(const Scenario& scenario, const std::string& user, const AppId& app = notes) {
  return boost::describe::enum_to_string(standing_of(scenario.state(), app, UserId{user}).user_state, "?");
}

std::vector<std::string_view> actions(const Scenario& scenario, const std::string& user, const AppId& app = notes) {
  return standing_of(scenario.state(), app, UserId{user}).available_actions;
}

TEST(R12, ThePageOfAnAppWithDevelopmentCredentialsAloneSaysHowItStandsWithThese) {
  auto scenario = office();
  const AppId draft{"draft"};
  scenario.given_app("draft", [](AppRegistered& app) { app.facts.has_production = false; });
  scenario.given(admin, SetApprovalPolicy{AppClass::unlisted, false, false, false});
  EXPECT_EQ(user_state(scenario, "ann", draft), "can_install");
  scenario.given(admin, SetApprovalPolicy{AppClass::unlisted, true, false, false});
  EXPECT_EQ(user_state(scenario, "ann", draft), "can_request");
  EXPECT_THAT(actions(scenario, "ann", draft), Contains("request_pre_approve"));
  given_request(scenario, ann, draft, Credentials::development);
  EXPECT_EQ(user_state(scenario, "ann", draft), "request_pending");
}

using Change = std::function<void(Scenario&)>;

// What may be the case when ann looks at an app.
std::vector<std::pair<std::string, Change>> situations() {
  return {
      {"nothing happened", [](Scenario&) {}},
      {"no approval is required", [](Scenario& scenario) { require_approval(scenario, false); }},
      {"asked", [](Scenario& scenario) { given_request(scenario, ann); }},
      {"asked, then no approval is required",
       [](Scenario& scenario) {
         given_request(scenario, ann);
         require_approval(scenario, false);
       }},
      {"asked for development",
       [](Scenario& scenario) { given_request(scenario, ann, notes, Credentials::development); }},
      {"pre-approved for everyone", [](Scenario& scenario) { given_grant(scenario, Audience::everyone); }},
      {"pre-approved for others",
       [](Scenario& scenario) { given_grant(scenario, Audience::selected, users({"bob"})); }},
      {"pre-approved for others, not required",
       [](Scenario& scenario) {
         given_grant(scenario, Audience::selected, users({"bob"}));
         require_approval(scenario, false);
       }},
      {"installed", [](Scenario& scenario) { given_installed(scenario, {"ann"}); }},
      {"installed and switched off by an admin",
       [](Scenario& scenario) {
         given_installed(scenario, {"ann"});
         scenario.given(admin, DisableSubscription{notes, UserId{"ann"}});
       }},
      {"installed and switched off with the pre-approval",
       [](Scenario& scenario) {
         given_grant(scenario, Audience::everyone);
         given_installed(scenario, {"ann"});
         given_disabled(scenario);
       }},
      {"switched off with the pre-approval, and asked again",
       [](Scenario& scenario) {
         given_grant(scenario, Audience::everyone);
         given_installed(scenario, {"ann"});
         given_disabled(scenario);
         given_request(scenario, ann);
       }},
      {"switched off with the pre-approval, not required any more",
       [](Scenario& scenario) {
         given_grant(scenario, Audience::everyone);
         given_installed(scenario, {"ann"});
         given_disabled(scenario);
         require_approval(scenario, false);
       }},
      {"restricted", [](Scenario& scenario) { scenario.given(admin, RestrictApp{.app_id = notes}); }},
      {"blocked", [](Scenario& scenario) { scenario.given(admin, SetUserInstallBlock{true}); }},
      {"withdrawn from the marketplace",
       [](Scenario& scenario) { scenario.at(catalogue_stream).given(AppWithdrawn{notes}).at(AccountId{"acme"}); }},
      {"unpublished",
       [](Scenario& scenario) { scenario.at(catalogue_stream).given(AppUnpublished{notes}).at(AccountId{"acme"}); }},
  };
}

TEST(R9, AMemberMayAskExactlyWhenTheGateAsksForApprovalAndNothingElseStandsInTheWay) {
  for (const auto& [name, change] : situations()) {
    auto scenario = office();
    change(scenario);
    const auto codes = unmet(scenario, "ann");
    const bool asked_for = std::ranges::all_of(codes, [](GateCode code) {
      return code == GateCode::pre_approval_required || code == GateCode::not_in_allow_list;
    });
    const bool lifts =
        state_of(scenario, "ann") == "pre_approval_off" && codes.back() == GateCode::pre_approval_required;
    const bool open = pending_request(scenario.state(), notes, RequestKind::pre_approval, UserId{"ann"}).has_value();
    EXPECT_EQ(scenario.when(ann, RequestPreApproval{.app_id = notes}).accepted(),
              !open && ((!codes.empty() && asked_for) || lifts))
        << name;
  }
}

TEST(R10, EveryButtonOfAMemberIsThereExactlyWhenItsCommandWouldBeAccepted) {
  for (const auto& [name, change] : situations()) {
    auto scenario = office();
    change(scenario);
    const auto shown = actions(scenario, "ann");
    const auto works = [&](const Command& command) {
      auto copy = scenario;
      return copy.when(ann, command).accepted();
    };
    EXPECT_EQ(std::ranges::count(shown, "install") == 1, works(Install{.app_id = notes})) << name;
    EXPECT_EQ(std::ranges::count(shown, "request_pre_approve") == 1, works(RequestPreApproval{.app_id = notes}))
        << name;
    const auto open = pending_request(scenario.state(), notes, RequestKind::pre_approval, UserId{"ann"});
    EXPECT_EQ(std::ranges::count(shown, "withdraw_request") == 1,
              open && works(WithdrawRequest{open->details.request_id}))
        << name;
    auto copy = scenario;
    const auto uninstalled = copy.when(ann, Uninstall{.app_id = notes});
    EXPECT_EQ(std::ranges::count(shown, "uninstall") == 1,
              uninstalled.refusal().code == RejectionCode::confirmation_required)
        << name;
  }
}

TEST(R10, TheButtonRequestInstallIsThereForAnAccountLevelApp) {
  auto scenario = office();
  EXPECT_THAT(actions(scenario, "ann", rooms), ElementsAre("request_install"));
  given_request(scenario, ann, rooms);
  EXPECT_THAT(actions(scenario, "ann", rooms), ElementsAre("withdraw_request"));
  EXPECT_THAT(actions(scenario, "admin", rooms), Contains("decide_install_requests"));
}

TEST(R10, D27_AnAdminSeesPreApproveWhereMembersSeeTheRequest) {
  auto scenario = office();
  EXPECT_THAT(actions(scenario, "ann"), ElementsAre("request_pre_approve"));
  EXPECT_THAT(actions(scenario, "admin"), Contains("pre_approve"));
  EXPECT_THAT(actions(scenario, "admin"), Not(Contains("request_pre_approve")));
  scenario.at(catalogue_stream).given(AppWithdrawn{notes}).at(AccountId{"acme"});
  EXPECT_THAT(actions(scenario, "admin"), Not(Contains("pre_approve"))) << "a withdrawn app is not opened any more";
}

TEST(R11, ApprovalAndScopesAreBothNeededAndBothCheckedWhenInstalling) {
  auto scenario = office();
  const AppId reports{"reports"};
  scenario.given_app(reports.value, [](AppRegistered& app) { app.facts.required_scopes = {"report:read:admin"}; });
  scenario.given(as("owner"), DefineRole{{RoleId{"analysts"}, "Analysts", {"UsageReport:Read"}}});
  scenario.given_member("eve", "analysts");
  scenario.when(as("eve"), Install{.app_id = reports}).then_refused(RejectionCode::pre_approval_required);
  given_request(scenario, as("eve"), reports);
  scenario.given(admin, ApproveRequests{.app_id = reports, .user_ids = users({"eve"})});
  scenario.given(as("owner"), AssignRole{UserId{"eve"}, RoleId{"member"}});
  const auto refused = scenario.when(as("eve"), Install{.app_id = reports});
  EXPECT_EQ(refused.then_refused(RejectionCode::missing_scopes).unmet.at(0).missing_scopes.at(0).needs_privilege,
            "UsageReport:Read");
  scenario.given(as("owner"), AssignRole{UserId{"eve"}, RoleId{"analysts"}});
  scenario.when(as("eve"), Install{.app_id = reports}).then_names({"AppInstalled"});
}

TEST(R11, D15_ScopesOfTheUserAreHeldByEveryMemberAndMasterScopesByTheOwner) {
  auto scenario = office();
  require_approval(scenario, false);
  scenario.given_app("own-data", [](AppRegistered& app) { app.facts.required_scopes = {"meeting:read", "user:read"}; });
  scenario.given_app("whole", [](AppRegistered& app) { app.facts.required_scopes = {"account:master"}; });
  EXPECT_THAT(unmet(scenario, "ann", AppId{"own-data"}), IsEmpty());
  EXPECT_THAT(unmet(scenario, "admin", AppId{"whole"}), ElementsAre(GateCode::missing_scopes));
  EXPECT_THAT(unmet(scenario, "owner", AppId{"whole"}), IsEmpty());
}

TEST(R12, TheAppPageGoesFromAskingToPendingToInstallingToInstalled) {
  auto scenario = office();
  EXPECT_EQ(user_state(scenario, "ann"), "can_request");
  given_request(scenario, ann);
  EXPECT_EQ(user_state(scenario, "ann"), "request_pending");
  scenario.given(admin, ApproveRequests{.app_id = notes, .user_ids = users({"ann"})});
  EXPECT_EQ(user_state(scenario, "ann"), "can_install");
  scenario.given(ann, Install{.app_id = notes});
  EXPECT_EQ(user_state(scenario, "ann"), "installed");
  given_disabled(scenario);
  EXPECT_EQ(user_state(scenario, "ann"), "disabled");
}

TEST(R12, TheOtherStatesFollowFromTheGateAsWell) {
  auto scenario = office();
  scenario.given_app("reports", [](AppRegistered& app) { app.facts.required_scopes = {"report:read:admin"}; });
  EXPECT_EQ(user_state(scenario, "ann", rooms), "request_install");
  given_request(scenario, ann, rooms);
  EXPECT_EQ(user_state(scenario, "ann", rooms), "install_request_pending");
  given_grant(scenario, Audience::everyone, {}, AppId{"reports"});
  EXPECT_EQ(user_state(scenario, "ann", AppId{"reports"}), "missing_permissions");
  scenario.given(admin, RestrictApp{.app_id = notes});
  EXPECT_EQ(user_state(scenario, "ann"), "restricted");
  scenario.given(admin, SetUserInstallBlock{true});
  EXPECT_EQ(user_state(scenario, "ann", tool), "blocked");
}

}  // namespace
}  // namespace gatehouse::test
