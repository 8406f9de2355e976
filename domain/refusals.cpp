#include "domain/refusals.hpp"

#include <source_location>
#include <utility>

#include "table/assert.hpp"

namespace gatehouse {

namespace {

RejectionCode code_of(GateCode code) {
  switch (code) {
    case GateCode::app_not_found: return RejectionCode::app_not_found;
    case GateCode::app_not_available: return RejectionCode::app_not_available;
    case GateCode::credentials_not_available: return RejectionCode::credentials_not_available;
    case GateCode::not_a_member: return RejectionCode::not_a_member;
    case GateCode::already_installed: return RejectionCode::already_installed;
    case GateCode::subscription_disabled: return RejectionCode::subscription_disabled;
    case GateCode::user_installs_blocked: return RejectionCode::user_installs_blocked;
    case GateCode::app_restricted: return RejectionCode::app_restricted;
    case GateCode::admin_install_required: return RejectionCode::admin_install_required;
    case GateCode::pre_approval_required: return RejectionCode::pre_approval_required;
    case GateCode::request_pending: return RejectionCode::request_pending;
    case GateCode::not_in_allow_list: return RejectionCode::not_in_allow_list;
    case GateCode::missing_scopes: return RejectionCode::missing_scopes;
  }
  assertion_failed("a gate code has a rejection code", std::source_location::current());
}

}  // namespace

Rejection app_not_found() { return Rejection{.code = RejectionCode::app_not_found, .detail = "There is no such app for this account."}; }

tl::unexpected<Rejection> refuse(RejectionCode code, std::string detail) {
  return tl::unexpected(Rejection{.code = code, .detail = std::move(detail)});
}

Rejection refused_by_gate(GateAnswer answer) {
  Rejection rejection{.code = code_of(answer.unmet.front().code), .detail = "The app may not be installed now; unmet lists every condition."};
  rejection.request_id = answer.unmet.front().request_id;
  rejection.next_action = std::move(answer.next_action);
  if (rejection.code == RejectionCode::app_not_found) return app_not_found();
  rejection.unmet = std::move(answer.unmet);
  return rejection;
}

tl::expected<AppRow, Rejection> visible_app(const State& state, const AppId& app) {
  auto row = state.app(app);
  if (!row || !is_visible(*row, state.account_id())) return tl::unexpected(app_not_found());
  return std::move(*row);
}

tl::expected<AppRow, Rejection> governed_or_visible_app(const State& state, const AppId& app) {
  auto row = state.app(app);
  const bool governed = row && state.governed_app(app).version != 0;
  if (!row || (!governed && !is_visible(*row, state.account_id()))) return tl::unexpected(app_not_found());
  return std::move(*row);
}

std::optional<Rejection> refuse_unless_member(const State& state, const DecisionContext& context) {
  if (!state.account()) return Rejection{.code = RejectionCode::account_not_found, .detail = "There is no such account."};
  if (context.caller.type == ActorType::user && state.active_member(context.caller.user_id())) return std::nullopt;
  return Rejection{.code = RejectionCode::not_a_member, .detail = "Only an active member of the account may do this, for himself."};
}

}  // namespace gatehouse
