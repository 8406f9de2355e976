#include "domain/user_state.hpp"

#include <algorithm>
#include <array>

#include "domain/privileges.hpp"
#include "domain/request.hpp"
#include "domain/subscription.hpp"

namespace gatehouse {

namespace {

bool has_pending(const State& state, const AppId& app, RequestKind kind, const UserId& user) {
  return pending_request(state, app, kind, user).has_value();
}

UserState user_state_of(const State& state, const GateAnswer& gate, const AppId& app, const UserId& user) {
  if (gate.has(GateCode::app_not_found) || gate.has(GateCode::app_not_available))
    return UserState::not_available;
  if (gate.has(GateCode::already_installed))
    return UserState::installed;
  if (gate.has(GateCode::subscription_disabled))
    return UserState::disabled;
  if (gate.has(GateCode::credentials_not_available) || gate.has(GateCode::not_a_member))
    return UserState::not_available;
  if (gate.has(GateCode::user_installs_blocked))
    return UserState::blocked;
  if (gate.has(GateCode::app_restricted))
    return UserState::restricted;
  if (gate.has(GateCode::admin_install_required)) {
    return has_pending(state, app, RequestKind::install, user) ? UserState::install_request_pending
                                                               : UserState::request_install;
  }
  if (gate.has(GateCode::request_pending) || gate.has(GateCode::pre_approval_required) ||
      gate.has(GateCode::not_in_allow_list)) {
    return has_pending(state, app, RequestKind::pre_approval, user) ? UserState::request_pending
                                                                    : UserState::can_request;
  }
  return gate.has(GateCode::missing_scopes) ? UserState::missing_permissions : UserState::can_install;
}

// Whether RequestPreApproval would be accepted: the gate asks for approval, and nothing stands in the way but what the approval would lift.
bool may_ask(const State& state, const GateAnswer& gate, const AppId& app, const UserId& user) {
  constexpr std::array closed{GateCode::app_not_available,     GateCode::credentials_not_available,
                              GateCode::not_a_member,          GateCode::already_installed,
                              GateCode::user_installs_blocked, GateCode::app_restricted};
  if (std::ranges::any_of(closed, [&](GateCode code) { return gate.has(code); }))
    return false;
  if (!gate.has(GateCode::pre_approval_required) && !gate.has(GateCode::not_in_allow_list))
    return false;
  if (!gate.has(GateCode::subscription_disabled))
    return true;
  const auto subscription = effective_user_subscription(state, app, user);
  return subscription && subscription->has(SuspensionCause::pre_approval_off);
}

struct OwnView {
  const State& state;
  const GateAnswer& gate;
  const AppId& app_id;
  const UserId& user;
  bool account_level{};
  bool edits{};
};

void add_own_actions(const OwnView& view, UserState user_state, std::vector<std::string_view>& actions) {
  if (user_state == UserState::can_install)
    actions.emplace_back("install");
  const bool has_own = user_state == UserState::installed || user_state == UserState::disabled;
  if (has_own && !view.account_level)
    actions.emplace_back("uninstall");
  const auto kind = view.account_level ? RequestKind::install : RequestKind::pre_approval;
  if (has_pending(view.state, view.app_id, kind, view.user)) {
    actions.emplace_back("withdraw_request");
  } else if (user_state == UserState::request_install) {
    actions.emplace_back("request_install");
  } else if (!view.edits && may_ask(view.state, view.gate, view.app_id, view.user)) {
    // D27: whoever could decide the request is not sent to ask for it.
    actions.emplace_back("request_pre_approve");
  }
}

void add_admin_actions(const State& state, const AppRow& app, const GovernedAppRow& governed,
                       std::vector<std::string_view>& actions) {
  const bool user_level = app.facts.level == ManagementLevel::user;
  if (user_level && !governed.restricted && !app.withdrawn) {
    if (!governed.pre_approval_on || governed.audience == Audience::selected)
      actions.emplace_back("pre_approve");
    if (app.activated && app.facts.has_production)
      actions.emplace_back("add_for_users");
  }
  if (governed.pre_approval_on)
    actions.emplace_back("disable_pre_approval");
  if (governed.pre_approval_requests.pending != 0)
    actions.emplace_back("decide_requests");
  if (governed.install_requests.pending != 0)
    actions.emplace_back("decide_install_requests");
  actions.emplace_back(governed.restricted ? "lift_restriction" : "restrict");
  const auto account = state.account();
  if (account && !app.withdrawn && (live_subscriptions(*account, governed) != 0 || reaches_newcomers(governed)))
    actions.emplace_back("uninstall_for_account");
}

}  // namespace

AppStanding standing_of(const State& state, const AppId& app_id, const UserId& user) {
  const auto app = state.app(app_id);
  const auto gate = ask_gate(state, {app_id, user, usual_credentials(app ? app->facts : AppFacts())});
  AppStanding standing;
  standing.user_state = user_state_of(state, gate, app_id, user);
  if (!app)
    return standing;
  const bool edits = holds(state, user, marketplace_edit);
  const OwnView view{state, gate, app_id, user, app->facts.level == ManagementLevel::account, edits};
  add_own_actions(view, standing.user_state, standing.available_actions);
  if (edits)
    add_admin_actions(state, *app, state.governed_app(app_id), standing.available_actions);
  return standing;
}

}  // namespace gatehouse
