// Any history of members, roles and groups, while apps come and go: what is counted adds up, a retry changes nothing, and folding the history
// again gives the same bytes.
#include <rapidcheck/gtest.h>

#include "tests/domain/scenario.hpp"
#include "tests/domain/state_audit.hpp"

namespace gatehouse {
namespace {

using test::as;
using test::directory_service;
using test::Scenario;

// One step, picked by numbers so that a failing history shrinks to few small ones.
struct Step {
  unsigned kind{};
  unsigned who{};
  unsigned what{};
};

constexpr int history_steps_max = 250;
constexpr std::array<const char*, 4> users{"ann", "bob", "cem", "dan"};
constexpr std::array<const char*, 2> apps{"chat", "docs"};
constexpr std::array<const char*, 2> groups{"team", "board"};
constexpr std::array<const char*, 4> roles{"member", "admin", "market", "owner"};

UserId user_of(const Step& step) { return UserId{users[step.who % users.size()]}; }
AppId app_of(const Step& step) { return AppId{apps[step.what % apps.size()]}; }
GroupId group_of(const Step& step) { return GroupId{groups[step.what % groups.size()]}; }
RoleId role_of(const Step& step) { return RoleId{roles[step.what % roles.size()]}; }

Command directory_command(const Step& step) {
  const auto user = user_of(step);
  const auto address = std::string(users[step.what % users.size()]) + "@acme.example";
  switch (step.kind % 14) {
    case 0:
    case 1: return AddMember{user, user.value + "@acme.example", user.value, {}, {}};
    case 2: return AddMember{user, address, user.value, {}, role_of(step)};
    case 3: return ChangeMember{user, address, {}, "Department", {}};
    case 4: return DeactivateMember{user};
    case 5: return RemoveMember{user};
    case 6: return AssignRole{user, role_of(step)};
    case 7: return DefineRole{{RoleId{"market"}, "Market", {"MarketPlace:Edit"}}};
    case 8: return RemoveRole{RoleId{"market"}};
    case 9: return CreateGroup{group_of(step), "A group"};
    case 10: return RemoveGroup{group_of(step)};
    case 11: return RemoveGroupMembers{group_of(step), {user}};
    default: return AddGroupMembers{group_of(step), {user}};
  }
}

Command app_command(const Step& step) {
  const auto app = app_of(step);
  switch (step.kind % 6) {
    case 0: return AddAppForUsers{app, Audience::everyone, {}, {}};
    case 1: return AddAppForUsers{app, Audience::selected, {}, std::vector{group_of({0, 0, step.who})}};
    case 2: return GrantPreApproval{app, Audience::everyone, {}, {}, {}, {}, {}};
    case 3: return GrantPreApproval{app, Audience::selected, {}, std::vector{user_of(step)}, {}, {}, {}};
    case 4: return DisablePreApproval{app, {}, {}};
    default: return Uninstall{app, UninstallTarget::account, {}, {}};
  }
}

Command own_command(const Step& step) {
  const auto app = app_of(step);
  switch (step.kind % 4) {
    case 0: return Install{.app_id = app, .scope = {}, .credentials = {}, .optional_scopes = {}};
    case 1: return Install{.app_id = app, .scope = {}, .credentials = Credentials::development, .optional_scopes = {}};
    case 2: return RequestPreApproval{app, {}, {}};
    default: return Uninstall{app, {}, {}, {}};
  }
}

template <class T>
concept Confirmable = requires(T command) { command.confirmation; };

// Confirms where it is asked to.
test::Outcome send(Scenario& scenario, const Caller& caller, Command command) {
  auto outcome = scenario.when(caller, command);
  if (outcome.accepted() || outcome.refusal().code != RejectionCode::confirmation_required) return outcome;
  std::visit(
      [&](auto& one) {
        if constexpr (Confirmable<decltype(one)>) one.confirmation = outcome.refusal().confirmation_token;
      },
      command);
  return scenario.when(caller, command);
}

void play(Scenario& scenario, const Step& step) {
  const auto user = user_of(step);
  // The account's owner may have been handed over.
  const auto owner = scenario.state().account()->owner_id;
  switch (step.kind % 3) {
    case 0: {
      const auto command = directory_command({step.kind / 3, step.who, step.what});
      const bool accepted = send(scenario, directory_service(), command).accepted();
      const auto again = send(scenario, directory_service(), command);
      if (accepted && again.accepted()) RC_ASSERT(again.decision().events.empty());
      return;
    }
    case 1: (void)send(scenario, as(owner.value), app_command({step.kind / 3, step.who, step.what})); return;
    default: (void)send(scenario, as(user.value), own_command({step.kind / 3, step.who, step.what}));
  }
}

RC_GTEST_PROP(DirectoryHistory, AddsUpAndFoldsAgainToTheSameBytes, ()) {
  const auto step = rc::gen::tuple(rc::gen::inRange(0U, 252U), rc::gen::inRange(0U, 4U), rc::gen::inRange(0U, 8U));
  const auto numbers =
      *rc::gen::resize(history_steps_max, rc::gen::container<std::vector<std::tuple<unsigned, unsigned, unsigned>>>(step));
  Scenario scenario;
  scenario.given_app("chat").given_app("docs");
  for (const auto& [kind, who, what] : numbers) {
    play(scenario, {kind, who, what});
    const auto findings = test::audit(scenario.state());
    RC_ASSERT(findings == std::vector<std::string>{});
  }
  MemoryTable again;
  for (const auto& [context, event] : scenario.history()) evolve(again, context, event);
  RC_ASSERT(again.rows() == scenario.rows().rows());
}

}  // namespace
}  // namespace gatehouse
