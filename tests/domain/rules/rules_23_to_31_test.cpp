// Chapter 1.4 of the rules: managing app permissions. The whole table of R24 to R31 is compared with an oracle in gate_table_test.cpp.
#include <gtest/gtest.h>

#include "domain/gate.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const AppId native{"native"};  // the platform's own
const AppId by_link{"by-link"};  // published, not listed

void set_policy(Scenario& scenario, AppClass app_class, ApprovalPolicy policy) {
  scenario.given(admin, SetApprovalPolicy{app_class, policy.required, policy.exempt_platform, policy.exempt_account});
}

// An office where neither class of apps needs approval.
Scenario open_office() {
  auto scenario = office();
  require_approval(scenario, false);
  scenario.given_app(native.value, [](AppRegistered& app) { app.developer = DeveloperKind::platform; });
  scenario.given_app(by_link.value, [](AppRegistered& app) { app.facts.listed = false; });
  return scenario;
}

std::vector<GateCode> unmet_in_development(const Scenario& scenario, const AppId& app = notes) {
  return unmet(scenario, "ann", app, Credentials::development);
}

TEST(R23, EachOfTheAdminsControlsAloneStopsAMembersInstall) {
  const auto after = [](const Command& command) {
    auto scenario = open_office();
    EXPECT_THAT(unmet(scenario, "ann"), IsEmpty());
    scenario.given(admin, command);
    return unmet(scenario, "ann");
  };
  EXPECT_THAT(after(SetApprovalPolicy{AppClass::public_, true, false, false}), ElementsAre(GateCode::pre_approval_required));
  EXPECT_THAT(after(SetUserInstallBlock{true}), ElementsAre(GateCode::user_installs_blocked));
  EXPECT_THAT(after(RestrictApp{.app_id = notes}), ElementsAre(GateCode::app_restricted));
  EXPECT_THAT(after(GrantPreApproval{.app_id = notes, .audience = Audience::selected, .user_ids = users({"bob"})}),
              ElementsAre(GateCode::not_in_allow_list));
}

TEST(R24, RequiringApprovalOfPublicAppsIsOneEventWithItsExemptions) {
  auto scenario = open_office();
  scenario.when(ann, SetApprovalPolicy{AppClass::public_, true, false, false}).then_refused(RejectionCode::privilege_required);
  scenario.when(admin, SetApprovalPolicy{AppClass::public_, true, true, false})
      .then({ApprovalPolicyChanged{AppClass::public_, {true, true, false}}});
  EXPECT_THAT(unmet(scenario, "ann"), ElementsAre(GateCode::pre_approval_required));
  EXPECT_THAT(unmet(scenario, "ann", by_link), IsEmpty()) << "public is what is published, listed and in production";
}

TEST(R25, WithoutPreApprovalNoMemberInstallsAndWithItHeDoes) {
  auto scenario = office();
  scenario.when(ann, Install{.app_id = notes}).then_refused(RejectionCode::pre_approval_required);
  scenario.when(admin, Install{.app_id = notes}).then_refused(RejectionCode::pre_approval_required);
  given_grant(scenario, Audience::everyone);
  scenario.when(ann, Install{.app_id = notes}).then_names({"AppInstalled"});
}

TEST(R26, AppsOfThePlatformAndOfTheAccountsMembersCanBeExcluded) {
  auto scenario = open_office();
  scenario.at(catalogue_stream).given(AppPublished{tool, true}).at(AccountId{"acme"});
  set_policy(scenario, AppClass::public_, {true, false, false});
  EXPECT_THAT(unmet(scenario, "ann", native), ElementsAre(GateCode::pre_approval_required));
  EXPECT_THAT(unmet(scenario, "ann", tool), ElementsAre(GateCode::pre_approval_required));
  set_policy(scenario, AppClass::public_, {true, true, false});
  EXPECT_THAT(unmet(scenario, "ann", native), IsEmpty());
  EXPECT_THAT(unmet(scenario, "ann", tool), ElementsAre(GateCode::pre_approval_required));
  set_policy(scenario, AppClass::public_, {true, false, true});
  EXPECT_THAT(unmet(scenario, "ann", native), ElementsAre(GateCode::pre_approval_required));
  EXPECT_THAT(unmet(scenario, "ann", tool), IsEmpty());
  EXPECT_THAT(unmet(scenario, "ann", notes), ElementsAre(GateCode::pre_approval_required)) << "somebody else's app";
}

TEST(R26, AnAppStaysTheAccountsOwnWhenItsCreatorLeaves) {
  auto scenario = open_office();
  scenario.given(as("owner"), DefineRole{{RoleId{"makers"}, "Makers", {"MarketPlace:Edit"}}});
  scenario.given_member("eve", "makers");
  ManifestInput manifest;
  manifest.facts.name = "Made here";
  manifest.facts.has_production = true;
  scenario.given(as("eve"), RegisterApp{AppId{"made-here"}, manifest, {DeveloperKind::account, {}}, {}});
  scenario.given(as("eve"), ActivateApp{AppId{"made-here"}});
  scenario.given(directory_service(), RemoveMember{UserId{"eve"}});
  set_policy(scenario, AppClass::unlisted, {true, false, true});
  EXPECT_THAT(unmet(scenario, "ann", AppId{"made-here"}), IsEmpty());
}

TEST(R27, EachClassHasExemptionsOfItsOwn) {
  auto scenario = open_office();
  set_policy(scenario, AppClass::public_, {true, false, true});
  set_policy(scenario, AppClass::unlisted, {true, true, false});
  EXPECT_THAT(unmet(scenario, "ann", native), ElementsAre(GateCode::pre_approval_required));
  EXPECT_THAT(unmet_in_development(scenario, native), IsEmpty());
  EXPECT_THAT(unmet(scenario, "ann", tool), ElementsAre(GateCode::pre_approval_required));
}

TEST(R28, D3_TheSettingTouchesNoSubscriptionInEitherDirection) {
  auto scenario = office();
  given_grant(scenario, Audience::selected, users({"ann", "bob"}));
  scenario.given(ann, Install{.app_id = notes}).given(bob, Install{.app_id = notes});
  scenario.given(admin, DisableSubscription{notes, UserId{"bob"}});
  for (const bool required : {false, true}) {
    scenario.when(admin, SetApprovalPolicy{AppClass::public_, required, false, false}).then_names({"ApprovalPolicyChanged"});
    EXPECT_EQ(state_of(scenario, "ann"), "active");
    EXPECT_EQ(state_of(scenario, "bob"), "admin");
  }
}

TEST(R29, UnlistedAndPrivateAppsAnswerToTheirOwnSwitch) {
  auto scenario = open_office();
  set_policy(scenario, AppClass::unlisted, {true, false, false});
  EXPECT_THAT(unmet(scenario, "ann", by_link), ElementsAre(GateCode::pre_approval_required));
  EXPECT_THAT(unmet(scenario, "ann", tool), ElementsAre(GateCode::pre_approval_required));
  EXPECT_THAT(unmet_in_development(scenario), ElementsAre(GateCode::pre_approval_required));
  EXPECT_THAT(unmet(scenario, "ann", notes), IsEmpty());
}

TEST(R30, D24_AGrantCoversDevelopmentOnlyIfItSaysSoOrTheAppIsNotPublic) {
  auto scenario = office();
  EXPECT_FALSE(scenario.when(admin, GrantPreApproval{.app_id = notes, .audience = Audience::everyone})
                   .event<PreApprovalGranted>()
                   .includes_development);
  EXPECT_THAT(unmet_in_development(scenario), ElementsAre(GateCode::pre_approval_required));
  scenario.given(admin, GrantPreApproval{.app_id = notes, .audience = Audience::everyone, .includes_development = true});
  EXPECT_THAT(unmet_in_development(scenario), IsEmpty());
  EXPECT_TRUE(scenario.when(admin, GrantPreApproval{.app_id = tool, .audience = Audience::everyone})
                  .event<PreApprovalGranted>()
                  .includes_development);
}

TEST(R30, CredentialsThatTheAppDoesNotHaveAreNotAvailable) {
  auto scenario = open_office();
  scenario.given_app("released", [](AppRegistered& app) { app.facts.has_development = false; });
  scenario.when(ann, Install{.app_id = AppId{"released"}, .credentials = Credentials::development})
      .then_refused(RejectionCode::credentials_not_available);
}

TEST(R31, DevelopmentAppsCannotBeTestedWithoutApprovalOrExemption) {
  auto scenario = office();
  const Install development{.app_id = tool, .credentials = Credentials::development};
  scenario.when(ann, development).then_refused(RejectionCode::pre_approval_required);
  set_policy(scenario, AppClass::unlisted, {true, false, true});
  scenario.when(ann, development).then_names({"AppInstalled"});
  set_policy(scenario, AppClass::unlisted, {true, false, false});
  scenario.given(admin, GrantPreApproval{.app_id = tool, .audience = Audience::everyone});
  scenario.when(bob, development).then_names({"AppInstalled"});
}

}  // namespace
}  // namespace gatehouse::test
