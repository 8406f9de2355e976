// The catalogue: registering, publishing and withdrawing apps through both doors, and scopes.
#include "domain/state_keys.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::platform_service;
using test::Scenario;

const AppId chat{"chat"};
const AccountId acme{"acme"};

ManifestInput manifest(const std::string& text = "{}") {
  ManifestInput input;
  input.facts.name = "Chat";
  input.text = text;
  return input;
}

RegisterApp registration(const DeveloperInput& developer) { return {chat, manifest(), developer, {}}; }

class AtThePlatformsDoor : public ::testing::Test {
 protected:
  AtThePlatformsDoor() { scenario_.at(catalogue_stream); }
  test::Outcome when(const Command& command) { return scenario_.when(platform_service(), command); }

  Scenario scenario_;
};

TEST_F(AtThePlatformsDoor, R1_AnAppIsRegisteredWithItsDeveloperAndItsWarnings) {
  auto command = registration({DeveloperKind::third_party, {}});
  command.manifest.warnings = {"zoomapp:inmeeting"};
  const auto outcome = when(command);
  outcome.then_names({"AppRegistered"});
  EXPECT_EQ(outcome.result("app_id"), "chat");
  EXPECT_EQ(std::get<std::vector<std::string>>(outcome.decision().result.at(1).second), std::vector<std::string>{"zoomapp:inmeeting"});
  const auto app = scenario_.state().app(chat);
  ASSERT_TRUE(app);
  EXPECT_EQ(app->manifest_version, 1U);
  EXPECT_FALSE(app->activated || app->published);
  when(command).then_refused(RejectionCode::app_exists);
}

TEST_F(AtThePlatformsDoor, AnIdIsMadeWhenNoneIsSent) {
  auto command = registration({DeveloperKind::platform, {}});
  command.app_id.reset();
  const auto outcome = when(command);
  EXPECT_EQ(outcome.result("app_id").size(), 22U);
  EXPECT_EQ(outcome.event<AppRegistered>().app_id.value, outcome.result("app_id"));
}

TEST_F(AtThePlatformsDoor, AnAccountIsNamedForAnAccountsAppOnly) {
  when(registration({DeveloperKind::account, {}})).then_refused(RejectionCode::invalid_value);
  when(registration({DeveloperKind::platform, acme})).then_refused(RejectionCode::invalid_value);
  when(registration({DeveloperKind::account, AccountId{"nowhere"}})).then_refused(RejectionCode::account_not_found);
  when(registration({DeveloperKind::account, acme})).then_names({"AppRegistered"});
  EXPECT_EQ(scenario_.state().app(chat)->developer_account_id, acme);
}

TEST_F(AtThePlatformsDoor, AManifestIsReplacedWhenItDiffers) {
  scenario_.given(platform_service(), registration({DeveloperKind::third_party, {}}));
  when(UpdateManifest{chat, manifest(), {}, {}}).then_nothing();
  const auto outcome = when(UpdateManifest{chat, manifest("{\"a\":1}"), {}, "general"});
  EXPECT_EQ(outcome.event<AppManifestUpdated>().manifest_version, 2U);
  EXPECT_EQ(scenario_.rows().get(state_keys::manifest(chat)), "{\"a\":1}");
  when(UpdateManifest{AppId{"none"}, manifest(), {}, {}}).then_refused(RejectionCode::app_not_found);
}

TEST_F(AtThePlatformsDoor, AnAppKeepsItsLevelItsDeveloperAndItsType) {
  scenario_.given(platform_service(), registration({DeveloperKind::third_party, {}}));
  auto other_level = manifest("{\"a\":1}");
  other_level.facts.level = ManagementLevel::account;
  const auto outcome = when(UpdateManifest{chat, other_level, {}, {}});
  EXPECT_EQ(outcome.then_refused(RejectionCode::invalid_value).errors.at(0).pointer, "/manifest/oauth_information/usage");
  when(UpdateManifest{chat, manifest(), DeveloperInput{DeveloperKind::platform, {}}, {}}).then_refused(RejectionCode::developer_mismatch);
  when(UpdateManifest{chat, manifest(), {}, "meeting_sdk"}).then_refused(RejectionCode::developer_mismatch);
  when(UpdateManifest{chat, manifest(), DeveloperInput{DeveloperKind::third_party, {}}, {}}).then_nothing();
}

TEST_F(AtThePlatformsDoor, R2_PublishingMakesAnAppAvailableAndUnpublishingHidesIt) {
  scenario_.given(platform_service(), registration({DeveloperKind::third_party, {}}));
  when(UnpublishApp{chat}).then_nothing();
  when(PublishApp{chat, true}).then({AppPublished{chat, true}});
  when(PublishApp{chat, true}).then_nothing();
  when(ActivateApp{chat}).then_nothing();
  EXPECT_TRUE(scenario_.state().app(chat)->activated);
  when(PublishApp{chat, false}).then({AppPublished{chat, false}});
  when(UnpublishApp{chat}).then({AppUnpublished{chat}});
  EXPECT_FALSE(scenario_.state().app(chat)->published);
  EXPECT_TRUE(scenario_.state().app(chat)->activated);
}

TEST_F(AtThePlatformsDoor, R45_WithdrawingIsConfirmedAndFinal) {
  scenario_.given(platform_service(), registration({DeveloperKind::third_party, {}}));
  scenario_.when_confirmed(platform_service(), WithdrawApp{chat, {}}).then({AppWithdrawn{chat}});
  when(WithdrawApp{chat, {}}).then_nothing();
  when(PublishApp{chat, true}).then_refused(RejectionCode::app_withdrawn);
  when(UpdateManifest{chat, manifest("{\"a\":1}"), {}, {}}).then_refused(RejectionCode::app_withdrawn);
  when(registration({DeveloperKind::third_party, {}})).then_refused(RejectionCode::app_exists);
}

TEST_F(AtThePlatformsDoor, R45_AChangeInBetweenMakesTheConfirmationStale) {
  scenario_.given(platform_service(), registration({DeveloperKind::third_party, {}}));
  const auto token = when(WithdrawApp{chat, {}}).then_refused(RejectionCode::confirmation_required).confirmation_token;
  scenario_.given(platform_service(), PublishApp{chat, true});
  when(WithdrawApp{chat, token}).then_refused(RejectionCode::confirmation_stale);
}

TEST_F(AtThePlatformsDoor, D31_ScopesAreDefinedAndOnlyWhatChangesIsWritten) {
  when(DefineScopes{{{"chat:read:message", "Read messages", "User:Read"}, {"chat:read:room", {}, {}}}})
      .then({ScopesDefined{{{"chat:read:message", "Read messages", "User:Read"}, {"chat:read:room", "", ""}}}});
  when(DefineScopes{{{"chat:read:message", {}, {}}, {"chat:read:room", "Read rooms", "owner"}}})
      .then({ScopesDefined{{{"chat:read:room", "Read rooms", "owner"}}}});
  when(DefineScopes{{{"chat:read:room", "Read rooms", {}}}}).then_nothing();
  EXPECT_EQ(scenario_.state().scope("chat:read:message")->privilege, "User:Read");
}

TEST_F(AtThePlatformsDoor, D31_ScopesAreDefinedAllOrNone) {
  const auto outcome = when(DefineScopes{{{"a:read:b", {}, "User:Edit+Group:Edit"}, {"a:Read", {}, {}}, {"a:read:b", {}, {}}, {"c:read:d", {}, "Sky:Read"}}});
  const auto& refused = outcome.then_refused(RejectionCode::invalid_value);
  ASSERT_EQ(refused.errors.size(), 3U);
  EXPECT_EQ(refused.errors[0].pointer, "/scopes/1/name");
  EXPECT_EQ(refused.errors[1].pointer, "/scopes/2/name");
  EXPECT_EQ(refused.errors[2].pointer, "/scopes/3/privilege");
  EXPECT_FALSE(scenario_.state().scope("a:read:b"));
}

TEST_F(AtThePlatformsDoor, D31_OnlyWhatAManifestMayUseIsDefined) {
  for (const auto* name : {"chat", "chat:read:room:user:admin", "chat:", "admin:read:room"}) {
    const auto outcome = when(DefineScopes{{{name, {}, {}}}});
    const auto& refused = outcome.then_refused(RejectionCode::invalid_value);
    ASSERT_EQ(refused.errors.size(), 1U) << name;
    EXPECT_EQ(refused.errors[0].code, "invalid_scope") << name;
  }
}

class AtAnAccountsDoor : public ::testing::Test {
 protected:
  Scenario scenario_;
};

TEST_F(AtAnAccountsDoor, R45_WithdrawingItsOwnAppTellsHowManyOfItsInstallationsEnd) {
  auto command = registration({DeveloperKind::account, {}});
  command.manifest.facts.has_production = true;
  scenario_.given(as("owner"), command).given(as("owner"), ActivateApp{chat});
  const auto impact_of = [&] { return scenario_.when(as("owner"), WithdrawApp{chat, {}}).then_refused(RejectionCode::confirmation_required); };
  const auto before = impact_of();
  EXPECT_EQ(before.impact->counts.at(1), (std::pair<std::string, std::uint64_t>{"subscriptions_on_own_account", 0}));
  scenario_.given(as("owner"), Install{.app_id = chat, .scope = {}, .credentials = {}, .optional_scopes = {}});
  scenario_.when(as("owner"), WithdrawApp{chat, before.confirmation_token}).then_refused(RejectionCode::confirmation_stale);
  EXPECT_EQ(impact_of().impact->counts.at(1).second, 1U);
  scenario_.when_confirmed(as("owner"), WithdrawApp{chat, {}}).then({AppWithdrawn{chat}});
}

TEST_F(AtAnAccountsDoor, R26_AnAccountRegistersItsOwnApps) {
  const auto outcome = scenario_.when(as("owner"), registration({DeveloperKind::account, {}}));
  outcome.then_names({"AppRegistered"});
  EXPECT_EQ(outcome.decision().events.front().stream, catalogue_stream);
  EXPECT_EQ(outcome.event<AppRegistered>().developer_account_id, acme);
  scenario_.when(as("owner"), ActivateApp{chat}).then({AppActivated{chat}});
}

TEST_F(AtAnAccountsDoor, AnAccountRegistersNobodyElsesApps) {
  scenario_.when(as("owner"), registration({DeveloperKind::platform, {}})).then_refused(RejectionCode::developer_mismatch);
  scenario_.when(as("owner"), registration({DeveloperKind::account, AccountId{"globex"}})).then_refused(RejectionCode::developer_mismatch);
}

TEST_F(AtAnAccountsDoor, AnotherOnesAppAndAMissingOneGiveTheSameRefusal) {
  scenario_.given_app("foreign", [](AppRegistered& app) {
    app.developer = DeveloperKind::account;
    app.developer_account_id = AccountId{"globex"};
  });
  scenario_.given_app("public");
  for (const auto* app : {"foreign", "public", "missing"}) {
    const AppId id{app};
    for (const Command& command : {Command(ActivateApp{id}), Command(PublishApp{id, true}), Command(UnpublishApp{id}),
                                   Command(WithdrawApp{id, {}}), Command(UpdateManifest{id, manifest(), {}, {}})}) {
      const auto outcome = scenario_.when(as("owner"), command);
      const auto& refused = outcome.then_refused(RejectionCode::app_not_found);
      EXPECT_EQ(refused.detail, scenario_.when(as("owner"), ActivateApp{AppId{"none"}}).then_refused(RejectionCode::app_not_found).detail);
      EXPECT_TRUE(refused.errors.empty());
    }
  }
}

}  // namespace
}  // namespace gatehouse
