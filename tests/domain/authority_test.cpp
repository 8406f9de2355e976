// Who may give which command: every command for every kind of caller.
#include "domain/authority.hpp"

#include "tests/domain/scenario.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::Scenario;
using Kind = Requirement::Kind;

template <class... T>
std::vector<Command> one_of_each(const std::variant<T...>*) {
  return {Command(T{})...};
}

std::vector<Command> every_command() { return one_of_each(static_cast<const Command*>(nullptr)); }

class Authority : public ::testing::Test {
 protected:
  Authority() {
    scenario_.given(test::directory_service(), DefineRole{{RoleId{"market"}, "Market", {"MarketPlace:Edit"}}});
    scenario_.given(test::directory_service(), DefineRole{{RoleId{"viewer"}, "Viewer", {"MarketPlace:Read"}}});
    scenario_.given(test::directory_service(), DefineRole{{RoleId{"people"}, "People", {"User:Edit"}}});
    scenario_.given_member("market", "market").given_member("viewer", "viewer").given_member("people", "people").given_member("plain");
    scenario_.given_member("gone", "admin").given(test::directory_service(), DeactivateMember{UserId{"gone"}});
  }

  // The refusal's code, or "allowed".
  std::string verdict(const Caller& caller, const Command& command, const AccountId& door = AccountId{"acme"}) {
    scenario_.at(door);
    const DecisionContext context{.caller = caller, .now = {}, .ids = nullptr, .confirmations = nullptr, .if_match = {}, .account_version = 0};
    const auto refusal = refuse_unless_allowed(scenario_.state(), context, command);
    return refusal ? std::string(to_text(refusal->code)) : "allowed";
  }

  Scenario scenario_;
};

TEST_F(Authority, R5_D20_GovernanceNeedsMarketPlaceEditAtThatMoment) {
  for (const auto& command : every_command()) {
    const auto requirement = requirement_of(command);
    if (requirement.kind != Kind::privilege) continue;
    EXPECT_EQ(requirement.privilege, "MarketPlace:Edit") << name_of(command);
    EXPECT_EQ(verdict(as("owner"), command), "allowed") << name_of(command);
    EXPECT_EQ(verdict(as("market"), command), "allowed") << name_of(command);
    EXPECT_EQ(verdict(as("viewer"), command), "privilege_required") << name_of(command);
    EXPECT_EQ(verdict(as("plain"), command), "privilege_required") << name_of(command);
    EXPECT_EQ(verdict(as("gone"), command), "not_a_member") << name_of(command);
    EXPECT_EQ(verdict(as("stranger"), command), "not_a_member") << name_of(command);
    EXPECT_NE(verdict(test::directory_service(), command), "allowed") << name_of(command);
    EXPECT_NE(verdict(test::platform_service(), command), "allowed") << name_of(command);
  }
}

TEST_F(Authority, R3_EveryActiveMemberActsForHimself) {
  for (const auto& command : every_command()) {
    if (requirement_of(command).kind != Kind::member) continue;
    EXPECT_EQ(verdict(as("plain"), command), "allowed") << name_of(command);
    EXPECT_EQ(verdict(as("gone"), command), "not_a_member") << name_of(command);
    EXPECT_NE(verdict(test::directory_service(), command), "allowed") << name_of(command);
  }
}

TEST_F(Authority, DirectoryCommandsNeedTheScopeOrThePrivilege) {
  for (const auto& command : every_command()) {
    const auto requirement = requirement_of(command);
    if (requirement.kind != Kind::directory) continue;
    EXPECT_EQ(verdict(test::directory_service(), command), "allowed") << name_of(command);
    EXPECT_EQ(verdict(test::plain_service(), command), "insufficient_scope") << name_of(command);
    EXPECT_EQ(verdict(test::platform_service(), command), "insufficient_scope") << name_of(command);
    EXPECT_EQ(verdict(as("owner"), command), "allowed") << name_of(command);
    EXPECT_EQ(verdict(as("people"), command), requirement.privilege == "User:Edit" ? "allowed" : "privilege_required") << name_of(command);
    EXPECT_EQ(verdict(as("market"), command), "privilege_required") << name_of(command);
  }
}

TEST_F(Authority, ThePlatformsDoorNeedsTheScopePlatform) {
  for (const auto& command : every_command()) {
    const auto kind = requirement_of(command).kind;
    if (kind != Kind::platform && kind != Kind::catalogue) continue;
    EXPECT_EQ(verdict(test::platform_service(), command, catalogue_stream), "allowed") << name_of(command);
    EXPECT_EQ(verdict(test::directory_service(), command, catalogue_stream), "insufficient_scope") << name_of(command);
    EXPECT_EQ(verdict(as("owner"), command, catalogue_stream), "insufficient_scope") << name_of(command);
  }
}

TEST_F(Authority, AnAccountsDoorServesTheCatalogueForThoseWithEdit) {
  for (const auto& command : every_command()) {
    const auto kind = requirement_of(command).kind;
    if (kind == Kind::platform) EXPECT_EQ(verdict(as("owner"), command), "insufficient_scope") << name_of(command);
    if (kind != Kind::catalogue) continue;
    EXPECT_EQ(verdict(as("market"), command), "allowed") << name_of(command);
    EXPECT_EQ(verdict(as("viewer"), command), "privilege_required") << name_of(command);
    EXPECT_EQ(verdict(test::directory_service(), command), "insufficient_scope") << name_of(command);
  }
}

TEST_F(Authority, R44_UninstallingForOthersNeedsEdit) {
  Uninstall command{.app_id = AppId{"chat"}, .target = {}, .user_id = {}, .confirmation = {}};
  EXPECT_EQ(verdict(as("plain"), command), "allowed");
  command.target = UninstallTarget::user;
  EXPECT_EQ(verdict(as("plain"), command), "privilege_required");
  command.target = UninstallTarget::account;
  EXPECT_EQ(verdict(as("viewer"), command), "privilege_required");
  EXPECT_EQ(verdict(as("market"), command), "allowed");
}

TEST_F(Authority, AnAccountThatIsNotThereIsNotFound) {
  EXPECT_EQ(verdict(test::directory_service(), AddMember{}, AccountId{"nowhere"}), "account_not_found");
  EXPECT_EQ(verdict(as("owner"), SetUserInstallBlock{}, AccountId{"nowhere"}), "account_not_found");
}

}  // namespace
}  // namespace gatehouse
