// If-Match: a command passes with its resource's version or the account's, and with no other. If-None-Match: *: what it makes must be new.
#include "domain/target_version.hpp"

#include "domain/authority.hpp"
#include "domain/privileges.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::directory_service;
using test::Scenario;

const Scenario::Sent if_new{.if_match = {}, .must_be_new = true};

test::Outcome send(Scenario& scenario, const Command& command, std::uint64_t if_match) {
  return scenario.send(as("owner"), command, {.if_match = if_match});
}

// Accepted with the version of the resource, refused with the one before it and with one that is between it and the account's.
void expect_guarded_by(Scenario& scenario, const Command& command, std::uint64_t version) {
  EXPECT_EQ(target_version(scenario.state(), command), version) << name_of(command);
  send(scenario, command, version - 1).then_refused(RejectionCode::stale_version);
  ASSERT_GT(scenario.version(), version + 1);
  send(scenario, command, version + 1).then_refused(RejectionCode::stale_version);
  send(scenario, command, scenario.version() + 1).then_refused(RejectionCode::stale_version);
  EXPECT_TRUE(send(scenario, command, version).accepted()) << name_of(command);
}

TEST(IfMatch, SettingsAreGuardedByTheirOwnVersions) {
  Scenario scenario;
  scenario.given(as("owner"), SetUserInstallBlock{true});           // version 3
  scenario.given(as("owner"), SetNotificationSettings{false, {}});  // version 4
  scenario.given_member("ann").given_member("bob").given_member("cem");
  expect_guarded_by(scenario, SetApprovalPolicy{AppClass::public_, true, false, false}, 3);
  expect_guarded_by(scenario, SetNotificationSettings{true, {}}, 4);
}

TEST(IfMatch, MembersRolesAndGroupsAreGuardedByTheirRows) {
  Scenario scenario;
  scenario.given_member("ann");                                                                  // version 3
  scenario.given(directory_service(), DefineRole{{RoleId{"market"}, "Market", {"User:Read"}}});  // version 4
  scenario.given(directory_service(), CreateGroup{GroupId{"team"}, "Team"});                     // version 5
  scenario.given_member("bob", "market").given_member("cem");
  expect_guarded_by(scenario, AssignRole{UserId{"ann"}, admin_role}, 3);
  expect_guarded_by(scenario, DefineRole{{RoleId{"market"}, "Market", {}}}, 4);
  expect_guarded_by(scenario, AddGroupMembers{GroupId{"team"}, {UserId{"bob"}}}, 5);
}

TEST(IfMatch, TheAccountsVersionServesEveryCommand) {
  Scenario scenario;
  scenario.given_member("ann");
  EXPECT_TRUE(send(scenario, SetUserInstallBlock{true}, scenario.version()).accepted());
  EXPECT_TRUE(send(scenario, CreateGroup{GroupId{"team"}, "Team"}, scenario.version()).accepted());
  send(scenario, CreateGroup{GroupId{"team2"}, "Team"}, 3).then_refused(RejectionCode::stale_version);
}

TEST(IfMatch, AnAppIsGuardedAsTheAccountGovernsIt) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann");
  scenario.given(as("owner"), GrantPreApproval{AppId{"chat"}, Audience::everyone, {}, {}, {}, {}, {}});  // version 4
  scenario.given_member("bob").given_member("cem");
  expect_guarded_by(scenario, RestrictApp{AppId{"chat"}, {}, {}}, 4);
}

TEST(IfMatch, AnAppThatTheAccountHasNotTouchedIsGuardedByVersion0) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann");
  const GrantPreApproval grant{AppId{"chat"}, Audience::everyone, {}, {}, {}, {}, {}};
  send(scenario, grant, 1).then_refused(RejectionCode::stale_version);
  EXPECT_TRUE(send(scenario, grant, 0).accepted());
  send(scenario, RestrictApp{AppId{"chat"}, {}, {}}, 0).then_refused(RejectionCode::stale_version);
}

TEST(IfMatch, OneOfSeveralVersionsIsEnough) {
  Scenario scenario;
  scenario.given_member("ann");
  const auto check = [&](std::vector<std::uint64_t> named) {
    const DecisionContext context{.caller = as("owner"),
                                  .now = {},
                                  .ids = nullptr,
                                  .confirmations = nullptr,
                                  .if_match = std::move(named),
                                  .account_version = scenario.version()};
    return refuse_if_stale(scenario.state(), context, AssignRole{UserId{"ann"}, admin_role}).has_value();
  };
  EXPECT_FALSE(check({1, 3}));
  EXPECT_TRUE(check({1, 2}));
}

TEST(IfMatch, ARequestNamedAloneIsGuardedByItself) {
  Scenario scenario;
  scenario.given_app("chat").given_member("ann").given(as("owner"),
                                                       SetApprovalPolicy{AppClass::public_, true, false, false});
  const RequestId request{
      scenario.when(as("ann"), RequestPreApproval{AppId{"chat"}, {}, {}}).result("request_id")};  // version 5
  scenario.given_member("bob").given_member("cem");
  expect_guarded_by(scenario, RejectRequests{RequestKind::pre_approval, AppId{"chat"}, {}, std::vector{request}, {}},
                    5);
}

TEST(IfNoneMatch, LetsACommandMakeWhatIsNotThere) {
  Scenario scenario;
  const AddMember ann{UserId{"ann"}, "ann@acme.example", {}, {}, {}};
  for (const Command& command : std::vector<Command>{ann, DefineRole{{RoleId{"market"}, "Market", {"User:Read"}}},
                                                     CreateGroup{GroupId{"team"}, "Team"}}) {
    EXPECT_TRUE(scenario.send(directory_service(), command, if_new).accepted()) << name_of(command);
    scenario.send(directory_service(), command, if_new).then_refused(RejectionCode::stale_version);
  }
  scenario.send(directory_service(), CreateGroup{GroupId{"team"}, "Other"}, if_new)
      .then_refused(RejectionCode::stale_version);
  EXPECT_TRUE(scenario.send(directory_service(), CreateGroup{GroupId{"team"}, "Other"}, {}).accepted());
}

TEST(IfNoneMatch, TakesWhatIsGoneForNew) {
  Scenario scenario;
  scenario.given_member("ann").given(directory_service(), RemoveMember{UserId{"ann"}});
  scenario.given(directory_service(), CreateGroup{GroupId{"team"}, "Team"});
  scenario.given(directory_service(), RemoveGroup{GroupId{"team"}});
  const AddMember ann{UserId{"ann"}, "ann@acme.example", {}, {}, {}};
  EXPECT_TRUE(scenario.send(directory_service(), ann, if_new).accepted());
  EXPECT_TRUE(scenario.send(directory_service(), CreateGroup{GroupId{"team"}, "Team"}, if_new).accepted());
}

TEST(IfNoneMatch, TakesABuiltInRoleForThere) {
  Scenario scenario;
  scenario.send(directory_service(), DefineRole{{admin_role, "Admin", {}}}, if_new)
      .then_refused(RejectionCode::stale_version);
}

TEST(IfNoneMatch, LooksAtAccountsAndAppsToo) {
  Scenario scenario;
  scenario.given_app("chat");
  const auto refused = [&](const Command& command) {
    const DecisionContext context{.caller = directory_service(),
                                  .now = {},
                                  .ids = nullptr,
                                  .confirmations = nullptr,
                                  .if_match = {},
                                  .account_version = 0,
                                  .must_be_new = true};
    return refuse_if_stale(scenario.state(), context, command).has_value();
  };
  const auto app = [](std::optional<AppId> id) { return RegisterApp{std::move(id), {}, {}, {}}; };
  EXPECT_TRUE(refused(OpenAccount{AccountId{"acme"}, "Acme", {}, {}}));
  EXPECT_FALSE(refused(OpenAccount{AccountId{"other"}, "Other", {}, {}}));
  EXPECT_TRUE(refused(app(AppId{"chat"})));
  EXPECT_FALSE(refused(app(AppId{"other"})));
  EXPECT_FALSE(refused(app({})));
}

TEST(IfNoneMatch, IsForCommandsThatMakeSomethingAlone) {
  EXPECT_TRUE(makes_what_it_names(CreateGroup{}));
  EXPECT_TRUE(makes_what_it_names(OpenAccount{}));
  EXPECT_FALSE(makes_what_it_names(RemoveGroup{}));
  EXPECT_FALSE(makes_what_it_names(RequestInstall{}));
}

TEST(IfMatch, IsCheckedAfterWhoMay) {
  Scenario scenario;
  scenario.given_member("ann");
  scenario.send(as("ann"), SetUserInstallBlock{true}, {.if_match = 1}).then_refused(RejectionCode::privilege_required);
}

}  // namespace
}  // namespace gatehouse
