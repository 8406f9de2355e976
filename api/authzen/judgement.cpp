#include "api/authzen/judgement.hpp"

#include <algorithm>
#include <array>

#include "api/json/names.hpp"
#include "domain/always_confirmed.hpp"
#include "domain/authority.hpp"
#include "domain/decide.hpp"
#include "domain/privileges.hpp"
#include "domain/refusals.hpp"
#include "domain/rules.hpp"

namespace gatehouse::api::authzen {

namespace {

// For a trial: what would be made is thrown away, what would be asked is granted.
class NoIds final : public IdSource {
 public:
  Uuid next(Timestamp /*now*/) override { return {}; }
  std::array<std::uint8_t, 16> salt() override { return {}; }
};

Obstacle obstacle_of(const Unmet& unmet) {
  return {.code = enum_name(unmet.code), .missing_scopes = unmet.missing_scopes, .request_id = unmet.request_id};
}

Obstacle obstacle_of(const Rejection& rejection) {
  return {.code = to_text(rejection.code), .privilege = rejection.privilege, .request_id = rejection.request_id};
}

Judgement from_gate(const GateAnswer& gate) {
  Judgement judgement{.obstacles = {}, .next_action = gate.next_action};
  for (const auto& unmet : gate.unmet)
    judgement.obstacles.push_back(obstacle_of(unmet));
  return judgement;
}

Judgement from(const std::optional<Rejection>& refusal) {
  Judgement judgement;
  if (refusal)
    judgement.obstacles.push_back(obstacle_of(*refusal));
  return judgement;
}

DecisionContext context_of(const Deed& deed, Timestamp now, NoIds& ids, const AlwaysConfirmed& confirmations) {
  return {.caller = {.type = ActorType::user, .id = deed.user.value},
          .now = now,
          .ids = &ids,
          .confirmations = &confirmations,
          .if_match = {}};
}

std::optional<Rejection> refusal_of(const State& state, const Deed& deed, Timestamp now, const Command& command) {
  NoIds ids;
  const AlwaysConfirmed confirmations;
  const auto decided = decide(state, context_of(deed, now, ids, confirmations), command);
  return decided ? std::nullopt : std::optional(decided.error());
}

// What an approval would not lift, besides what the command says first.
void add_lasting_obstacles(const State& state, const Deed& deed, Judgement& judgement) {
  constexpr std::array lasting{GateCode::app_not_available, GateCode::credentials_not_available, GateCode::not_a_member,
                               GateCode::user_installs_blocked, GateCode::app_restricted};
  const auto gate = ask_gate(state, {deed.app, deed.user, deed.credentials});
  for (const auto& unmet : gate.unmet) {
    const bool told =
        std::ranges::find(judgement.obstacles, enum_name(unmet.code), &Obstacle::code) != judgement.obstacles.end();
    if (!told && std::ranges::find(lasting, unmet.code) != lasting.end())
      judgement.obstacles.push_back(obstacle_of(unmet));
  }
}

Judgement judge_request(const State& state, const Deed& deed, Timestamp now, const Command& command) {
  auto judgement = from(refusal_of(state, deed, now, command));
  if (!judgement.allowed())
    add_lasting_obstacles(state, deed, judgement);
  return judgement;
}

// What needs a privilege and an app that the account can look at, or the account itself.
Judgement judge_governance(const State& state, const Deed& deed, std::string_view privilege) {
  if (!deed.app.empty()) {
    if (const auto app = governed_or_visible_app(state, deed.app); !app)
      return from(app.error());
  }
  if (!state.active_member(deed.user))
    return {.obstacles = {{.code = to_text(RejectionCode::not_a_member)}}, .next_action = {}};
  if (holds(state, deed.user, privilege))
    return {};
  return from(gatehouse::privilege_required(std::string(privilege)));
}

// Who asks and what the rules say of the grant are told apart, so that both are told.
Judgement judge_pre_approval(const State& state, const Deed& deed, Timestamp now) {
  auto judgement = judge_governance(state, deed, marketplace_edit);
  if (judgement.obstacles.empty() || judgement.obstacles.front().code != to_text(RejectionCode::app_not_found)) {
    NoIds ids;
    const AlwaysConfirmed confirmations;
    const auto decided = decide_one(state, context_of(deed, now, ids, confirmations),
                                    GrantPreApproval{.app_id = deed.app, .audience = Audience::everyone});
    if (!decided)
      judgement.obstacles.push_back(obstacle_of(decided.error()));
  }
  return judgement;
}

}  // namespace

std::optional<ActionKind> action_of(std::string_view name) { return enum_named<ActionKind>(name); }

std::string_view privilege_for(ActionKind action) {
  switch (action) {
  case ActionKind::pre_approve:
  case ActionKind::reject_request:
  case ActionKind::change_permissions:
    return marketplace_edit;
  case ActionKind::view_requests:
    return marketplace_view;
  case ActionKind::install:
  case ActionKind::request_pre_approval:
  case ActionKind::request_install:
  case ActionKind::uninstall:
    break;
  }
  return {};
}

Judgement judge(const State& state, const Deed& deed, Timestamp now) {
  switch (deed.action) {
  case ActionKind::install:
    return from_gate(ask_gate(state, {deed.app, deed.user, deed.credentials}));
  case ActionKind::request_pre_approval:
    return judge_request(state, deed, now,
                         RequestPreApproval{.app_id = deed.app, .reason = {}, .credentials = deed.credentials});
  case ActionKind::request_install:
    return judge_request(state, deed, now,
                         RequestInstall{.app_id = deed.app, .reason = {}, .credentials = deed.credentials});
  case ActionKind::uninstall:
    return from(refusal_of(state, deed, now,
                           Uninstall{.app_id = deed.app, .target = {}, .user_id = {}, .confirmation = "yes"}));
  case ActionKind::pre_approve:
    return judge_pre_approval(state, deed, now);
  case ActionKind::reject_request:
  case ActionKind::view_requests:
  case ActionKind::change_permissions:
    break;
  }
  return judge_governance(state, deed, privilege_for(deed.action));
}

}  // namespace gatehouse::api::authzen
