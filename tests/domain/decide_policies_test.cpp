// Accounts and their settings: R24 to R36, and what an account is when it opens.
#include "domain/privileges.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::platform_service;
using test::Scenario;

OpenAccount open_account(const std::string& id) {
  return {AccountId{id}, "Globex", {UserId{"hank"}, " Hank@Globex.example", "Hank"}, {}};
}

std::vector<UserId> users(std::initializer_list<const char*> names) {
  std::vector<UserId> result;
  for (const auto* name : names) result.emplace_back(name);
  return result;
}

TEST(OpenAccount, D2_StartsWithoutApprovalsAndWithMailsOn) {
  Scenario scenario;
  const UserId hank{"hank"};
  scenario.at(catalogue_stream);
  const auto outcome = scenario.when(platform_service(), open_account("globex"));
  outcome.then({AccountOpened{"Globex", hank, {}, {}, false, true, {}},
                MemberAdded{hank, owner_role, personal(hank, "hank@globex.example"), personal(hank, "Hank"), personal(hank, "")}});
  EXPECT_EQ(outcome.result("account_id"), "globex");
  for (const auto& event : outcome.decision().events) EXPECT_EQ(event.stream, AccountId{"globex"});
  scenario.at(AccountId{"globex"});
  EXPECT_EQ(scenario.state().account()->active_members, 1U);
  EXPECT_TRUE(holds(scenario.state(), hank, marketplace_edit));
}

TEST(OpenAccount, D2_TakesEverySettingThatIsSent) {
  Scenario scenario;
  scenario.at(catalogue_stream);
  auto command = open_account("globex");
  command.policies = PoliciesInput{PolicyInput{true, true, {}}, PolicyInput{{}, {}, true}, true,
                                   NotificationInput{false, users({"hank", "hank"})}};
  const auto outcome = scenario.when(platform_service(), command);
  const auto& opened = outcome.event<AccountOpened>();
  EXPECT_EQ(opened.public_policy, (ApprovalPolicy{true, true, false}));
  EXPECT_EQ(opened.unlisted_policy, (ApprovalPolicy{false, false, true}));
  EXPECT_TRUE(opened.user_installs_blocked);
  EXPECT_FALSE(opened.notifications_enabled);
  EXPECT_EQ(opened.notification_recipients, users({"hank"}));
}

TEST(OpenAccount, RefusesWhatIsThereAndWhatCannotBe) {
  Scenario scenario;
  scenario.at(catalogue_stream);
  scenario.when(platform_service(), open_account("acme")).then_refused(RejectionCode::account_exists);
  scenario.when(platform_service(), open_account("catalogue")).then_refused(RejectionCode::invalid_value);
  auto command = open_account("globex");
  command.owner.email = "hank";
  const auto invalid = scenario.when(platform_service(), command);
  EXPECT_EQ(invalid.then_refused(RejectionCode::invalid_email).errors.at(0).pointer, "/owner/email");
  command = open_account("globex");
  command.policies = PoliciesInput{{}, {}, {}, NotificationInput{{}, users({"somebody"})}};
  scenario.when(platform_service(), command).then_refused(RejectionCode::recipient_not_eligible);
}

TEST(SetApprovalPolicy, R24_R27_SetsEachClassWithItsExemptions) {
  Scenario scenario;
  scenario.when(as("owner"), SetApprovalPolicy{AppClass::public_, true, true, false})
      .then({ApprovalPolicyChanged{AppClass::public_, {true, true, false}}});
  scenario.when(as("owner"), SetApprovalPolicy{AppClass::unlisted, true, false, true})
      .then({ApprovalPolicyChanged{AppClass::unlisted, {true, false, true}}});
  scenario.when(as("owner"), SetApprovalPolicy{AppClass::unlisted, true, false, true}).then_nothing();
  const auto account = scenario.state().account();
  EXPECT_EQ(account->public_policy, (ApprovalPolicy{true, true, false}));
  EXPECT_EQ(account->unlisted_policy, (ApprovalPolicy{true, false, true}));
  EXPECT_EQ(account->permissions_version, 4U);
}

TEST(SetApprovalPolicy, R28_TouchesNoSubscription) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann");
  scenario.given(as("ann"), Install{.app_id = AppId{"chat"}, .scope = {}, .credentials = {}, .optional_scopes = {}});
  scenario.when(as("owner"), SetApprovalPolicy{AppClass::public_, true, false, false}).then_names({"ApprovalPolicyChanged"});
  EXPECT_EQ(scenario.state().governed_app(AppId{"chat"}).live, 1U);
  EXPECT_EQ(scenario.state().governed_app(AppId{"chat"}).suspended, 0U);
}

TEST(SetUserInstallBlock, R8_IsSwitchedOnAndOff) {
  Scenario scenario;
  scenario.when(as("owner"), SetUserInstallBlock{false}).then_nothing();
  scenario.when(as("owner"), SetUserInstallBlock{true}).then({UserInstallBlockChanged{true}});
  EXPECT_TRUE(scenario.state().account()->user_installs_blocked);
  EXPECT_EQ(scenario.state().account()->permissions_version, 3U);
}

TEST(SetNotificationSettings, R32_TurnsMailsOffWithoutLosingTheRecipients) {
  Scenario scenario;
  scenario.when(as("owner"), SetNotificationSettings{false, users({"owner"})}).then({NotificationSettingsChanged{false, users({"owner"})}});
  scenario.when(as("owner"), SetNotificationSettings{false, users({"owner", "owner"})}).then_nothing();
  EXPECT_EQ(scenario.state().account()->notification_recipients, users({"owner"}));
  EXPECT_EQ(scenario.state().account()->notifications_version, 3U);
}

TEST(SetNotificationSettings, R33_AtMostFiveDistinctAdminsInTheOrderSent) {
  Scenario scenario;
  for (const auto* name : {"a", "b", "c", "d", "e"}) scenario.given_member(name, "admin");
  const auto five = users({"e", "a", "d", "b", "c"});
  scenario.when(as("owner"), SetNotificationSettings{true, users({"e", "a", "e", "d", "b", "c", "a"})})
      .then({NotificationSettingsChanged{true, five}});
  scenario.when(as("owner"), SetNotificationSettings{true, users({"a", "b", "c", "d", "e", "owner"})})
      .then_refused(RejectionCode::too_many_recipients);
}

TEST(SetNotificationSettings, R33_EachRecipientIsAnActiveMemberWithEdit) {
  Scenario scenario;
  scenario.given_member("ann", "admin").given_member("plain").given(test::directory_service(), DeactivateMember{UserId{"ann"}});
  for (const auto* name : {"plain", "ann", "nobody"}) {
    const auto outcome = scenario.when(as("owner"), SetNotificationSettings{true, users({"owner", name})});
    EXPECT_EQ(outcome.then_refused(RejectionCode::recipient_not_eligible).user_id, UserId{name});
  }
}

}  // namespace
}  // namespace gatehouse
