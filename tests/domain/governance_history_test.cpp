// Any history of requests, grants, lists, restrictions and installations: what is counted adds up, events say exactly what their folds do, a retry
// changes nothing, whoever was approved may install, and folding the history again gives the same bytes.
#include <rapidcheck/gtest.h>

#include <array>
#include <tuple>

#include "domain/gate.hpp"
#include "domain/request.hpp"
#include "domain/subscription.hpp"
#include "tests/domain/office.hpp"
#include "tests/domain/state_audit.hpp"

namespace gatehouse::test {
namespace {

// One step, picked by numbers so that a failing history shrinks to few small ones.
struct Step {
  unsigned kind{};
  unsigned who{};
  unsigned what{};
};

constexpr int history_steps_max = 250;
constexpr std::array<const char*, 5> people{"ann", "bob", "cid", "dan", "admin"};
const std::array<AppId, 2> apps{notes, tool};

UserId user_of(const Step& step) { return UserId{people[step.who % people.size()]}; }
AppId app_of(const Step& step) { return apps[step.what % apps.size()]; }
Credentials credentials_of(const Step& step) {
  return step.what % 8 < 6 ? Credentials::production : Credentials::development;
}
GroupId sales() { return GroupId{"sales"}; }

Command members_command(const Step& step) {
  const auto app = app_of(step);
  switch (step.kind % 5) {
  case 0:
  case 1:
    return RequestPreApproval{.app_id = app, .credentials = credentials_of(step)};
  case 2:
    return RequestInstall{.app_id = rooms};
  case 3:
    return Uninstall{.app_id = app};
  default:
    return Install{.app_id = app, .credentials = credentials_of(step)};
  }
}

Command deciding_command(const Step& step) {
  const auto app = app_of(step);
  const std::vector<UserId> named{user_of(step)};
  switch (step.kind % 7) {
  case 0:
  case 1:
    return ApproveRequests{.app_id = app, .user_ids = named};
  case 2:
    return RejectRequests{.kind = RequestKind::pre_approval, .app_id = app, .user_ids = named};
  case 3:
    return CancelRequests{.kind = RequestKind::install, .app_id = rooms, .user_ids = named};
  case 4:
    return ApproveAllRequests{.app_id = app};
  case 5:
    return ApproveAllRequests{.app_id = app, .audience = ApproveAllAudience::requesters};
  default:
    return DeclineAllRequests{.app_id = app};
  }
}

Command governing_command(const Step& step) {
  const auto app = app_of(step);
  const std::vector<UserId> named{user_of(step)};
  switch (step.kind % 13) {
  case 0:
    return GrantPreApproval{.app_id = app, .audience = Audience::everyone};
  case 1:
    return GrantPreApproval{.app_id = app, .audience = Audience::everyone, .includes_development = true};
  case 2:
    return GrantPreApproval{.app_id = app, .audience = Audience::selected, .user_ids = named};
  case 3:
    return GrantPreApproval{.app_id = app, .audience = Audience::selected, .group_ids = std::vector{sales()}};
  case 4:
    return SetInstallAudience{app, step.who % 2 == 0 ? Audience::everyone : Audience::selected};
  case 5:
    return AddAllowListEntries{.app_id = app, .user_ids = named};
  case 6:
    return AddAllowListEntries{.app_id = app, .user_ids = named, .group_ids = std::vector{sales()}};
  case 7:
    return RemoveAllowListEntries{.app_id = app, .user_ids = named};
  case 8:
    return RestrictApp{.app_id = app, .disable_existing = step.who % 2 == 0};
  case 9:
    return LiftRestriction{.app_id = app};
  case 10:
    return Install{.app_id = rooms, .scope = SubscriptionScope::account};
  case 11:
    return AddAppForUsers{.app_id = app, .audience = step.who == 0 ? Audience::everyone : Audience::selected,
                          .user_ids = step.who == 0 ? std::nullopt : std::optional(named)};
  default:
    return DisablePreApproval{.app_id = app};
  }
}

Command directory_command(const Step& step) {
  const auto user = user_of(step);
  switch (step.kind % 5) {
  case 0:
    return AddGroupMembers{sales(), {user}};
  case 1:
    return RemoveGroupMembers{sales(), {user}};
  case 2:
    return DeactivateMember{user};
  case 3:
    return RemoveMember{user};
  default:
    return AddMember{user, user.value + "@acme.example", user.value, {}, RoleId{"member"}};
  }
}

template <class T>
concept Confirmable = requires(T command) { command.confirmation; };

// Confirms where it is asked to.
Outcome send(Scenario& scenario, const Caller& caller, Command command) {
  auto outcome = scenario.when(caller, command);
  if (outcome.accepted() || outcome.refusal().code != RejectionCode::confirmation_required) return outcome;
  std::visit(
      [&](auto& one) {
        if constexpr (Confirmable<decltype(one)>) one.confirmation = outcome.refusal().confirmation_token;
      },
      command);
  return scenario.when(caller, command);
}

// The gate may still say no for other reasons, but approval is none of them any more.
void approved_may_install(const Scenario& scenario, const Outcome& outcome) {
  for (const auto& event : outcome.decision().events) {
    const auto* approved = std::get_if<PreApprovalRequestApproved>(&event.event);
    if (!approved) continue;
    const auto credentials = request_of(scenario, approved->request_id).details.credentials;
    for (const auto code : unmet(scenario, approved->user_id.value, approved->app_id, credentials)) {
      RC_ASSERT(code != GateCode::pre_approval_required);
      RC_ASSERT(code != GateCode::request_pending);
      RC_ASSERT(code != GateCode::not_in_allow_list);
    }
  }
}

std::pair<Caller, Command> chosen(const Step& step) {
  const Step inner{step.kind / 8, step.who, step.what};
  switch (step.kind % 8) {
  case 0:
  case 1:
  case 2:
    return {as(user_of(step).value), members_command(inner)};
  case 3:
    return {directory_service(), directory_command(inner)};
  case 4:
  case 5:
    return {as("owner"), deciding_command(inner)};
  default:
    return {as("owner"), governing_command(inner)};
  }
}

void play(Scenario& scenario, const Step& step) {
  const auto [caller, command] = chosen(step);
  const auto first = send(scenario, caller, command);
  if (!first.accepted()) return;
  approved_may_install(scenario, first);
  const auto again = send(scenario, caller, command);
  if (again.accepted()) RC_ASSERT(again.decision().events.empty());
}

// What an event's counts speak of, before and after its fold.
struct Tally {
  std::uint64_t approved{};
  std::uint64_t rejected{};
  std::uint64_t suspended{};
  std::uint64_t live{};
};

Tally tally(const MemoryTable& rows, const AccountId& account, const AppId& app) {
  const State state(rows, account);
  const auto governed = state.governed_app(app);
  const auto row = state.account();
  return {governed.pre_approval_requests.approved,
          governed.pre_approval_requests.rejected + governed.install_requests.rejected,
          suspended_subscriptions(governed), row ? live_subscriptions(*row, governed) : 0};
}

template <class T>
concept Approves = requires(T event) {
  event.approved_requests;
  event.lifted;
};

template <class T>
void check_counts(const T& event, const Tally& before, const Tally& after) {
  if constexpr (Approves<T>) {
    RC_ASSERT(event.approved_requests == after.approved - before.approved);
    RC_ASSERT(event.lifted == before.suspended - after.suspended);
  } else if constexpr (std::is_same_v<T, PreApprovalDisabled>) {
    RC_ASSERT(event.suspended == after.suspended - before.suspended);
    RC_ASSERT(after.suspended == after.live);
  } else if constexpr (std::is_same_v<T, AllRequestsDeclined>) {
    RC_ASSERT(event.rejected_requests == after.rejected - before.rejected);
    RC_ASSERT(event.suspended == after.suspended - before.suspended);
  } else if constexpr (std::is_same_v<T, AppRestricted>) {
    RC_ASSERT(event.rejected_requests == after.rejected - before.rejected);
    RC_ASSERT(event.suspended == (event.disable_existing ? before.live : 0));
  }
}

MemoryTable fold_again(const Scenario& scenario) {
  MemoryTable rows;
  for (const auto& [context, event] : scenario.history()) {
    std::visit(
        [&](const auto& one) {
          if constexpr (requires { one.app_id; }) {
            const auto before = tally(rows, context.stream, one.app_id);
            evolve(rows, context, event);
            check_counts(one, before, tally(rows, context.stream, one.app_id));
          } else {
            evolve(rows, context, event);
          }
        },
        event);
  }
  return rows;
}

RC_GTEST_PROP(GovernanceHistory, AddsUpAndFoldsAgainToTheSameBytes, ()) {
  const auto step = rc::gen::tuple(rc::gen::inRange(0U, 3640U), rc::gen::inRange(0U, 5U), rc::gen::inRange(0U, 8U));
  const auto numbers = *rc::gen::resize(
      history_steps_max, rc::gen::container<std::vector<std::tuple<unsigned, unsigned, unsigned>>>(step));
  auto scenario = office();
  for (const auto& [kind, who, what] : numbers) {
    play(scenario, {kind, who, what});
    RC_ASSERT(audit(scenario.state()) == std::vector<std::string>{});
  }
  RC_ASSERT(fold_again(scenario).rows() == scenario.rows().rows());
}

}  // namespace
}  // namespace gatehouse::test
