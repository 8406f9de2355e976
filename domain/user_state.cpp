#include "domain/user_state.hpp"

#include "domain/privileges.hpp"
#include "domain/request.hpp"
#include "domain/subscription.hpp"

namespace gatehouse {

namespace {

bool has_pending(const State& state, const AppId& app, RequestKind kind, const UserId& user) {
  return pending_request(state, app, kind, user).has_value();
}

UserState user_state_of(const State& state, const GateAnswer& gate, const AppId& app, const UserId& user) {
  if (gate.has(GateCode::app_not_found) || gate.has(GateCode::app_not_available)) return UserState::not_available;
  if (gate.has(GateCode::already_installed)) return UserState::installed;
  if (gate.has(GateCode::subscription_disabled)) return UserState::disabled;
  if (gate.has(GateCode::credentials_not_available) || gate.has(GateCode::not_a_member)) return UserState::not_available;
  if (gate.has(GateCode::app_restricted)) return UserState::restricted;
  if (gate.has(GateCode::user_installs_blocked)) return UserState::blocked;
  if (gate.has(GateCode::admin_install_required)) {
    return has_pending(state, app, RequestKind::install, user) ? UserState::install_request_pending : UserState::request_install;
  }
  if (gate.has(GateCode::request_pending) || gate.has(GateCode::pre_approval_required) || gate.has(GateCode::not_in_allow_list)) {
    return has_pending(state, app, RequestKind::pre_approval, user) ? UserState::request_pending : UserState::can_request;
  }
  return gate.has(GateCode::missing_scopes) ? UserState::missing_permissions : UserState::can_install;
}

void add_own_actions(UserState user_state, bool edits, bool account_level, std::vector<std::string_view>& actions) {
  switch (user_state) {
    case UserState::can_install: actions.emplace_back("install"); break;
    case UserState::installed:
    case UserState::disabled:
      if (!account_level) actions.emplace_back("uninstall");
      break;
    case UserState::can_request:
      // D27: whoever could decide the request is not sent to ask for it.
      if (!edits) actions.emplace_back("request_pre_approve");
      break;
    case UserState::request_pending:
    case UserState::install_request_pending: actions.emplace_back("withdraw_request"); break;
    case UserState::request_install: actions.emplace_back("request_install"); break;
    case UserState::missing_permissions:
    case UserState::restricted:
    case UserState::blocked:
    case UserState::not_available: break;
  }
}

void add_admin_actions(const State& state, const AppRow& app, const GovernedAppRow& governed, std::vector<std::string_view>& actions) {
  const bool user_level = app.facts.level == ManagementLevel::user;
  if (user_level && !governed.restricted) {
    if (!governed.pre_approval_on || governed.audience == Audience::selected) actions.emplace_back("pre_approve");
    actions.emplace_back("add_for_users");
  }
  if (governed.pre_approval_on) actions.emplace_back("disable_pre_approval");
  if (governed.pre_approval_requests.pending != 0) actions.emplace_back("decide_requests");
  if (governed.install_requests.pending != 0) actions.emplace_back("decide_install_requests");
  actions.emplace_back(governed.restricted ? "lift_restriction" : "restrict");
  const auto account = state.account();
  if (account && !app.withdrawn && live_subscriptions(*account, governed) != 0) actions.emplace_back("uninstall_for_account");
}

}  // namespace

AppStanding standing_of(const State& state, const AppId& app_id, const UserId& user) {
  const auto gate = ask_gate(state, {app_id, user, Credentials::production});
  AppStanding standing;
  standing.user_state = user_state_of(state, gate, app_id, user);
  const auto app = state.app(app_id);
  if (!app) return standing;
  const bool edits = holds(state, user, marketplace_edit);
  add_own_actions(standing.user_state, edits, app->facts.level == ManagementLevel::account, standing.available_actions);
  if (edits) add_admin_actions(state, *app, state.governed_app(app_id), standing.available_actions);
  return standing;
}

}  // namespace gatehouse
