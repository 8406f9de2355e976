// Members ask: for pre-approval of a user-level app, for the installation of an account-level one; and take a request back.
#include <optional>
#include <string>
#include <utility>

#include "domain/gate.hpp"
#include "domain/named_requests.hpp"
#include "domain/privileges.hpp"
#include "domain/refusals.hpp"
#include "domain/request.hpp"
#include "domain/rules.hpp"
#include "domain/subscription.hpp"

namespace gatehouse {

namespace {

// Who asks for what; looked up once for the checks that follow.
struct Asking {
  const State& state;
  const AppId& app_id;
  UserId user;
  Credentials credentials{};
  AppRow app;
};

using Refusal = std::optional<Rejection>;

Refusal refusal(RejectionCode code, std::string detail) { return Rejection{.code = code, .detail = std::move(detail)}; }

Refusal refuse_unavailable(const GateAnswer& gate) {
  if (gate.has(GateCode::app_not_available)) {
    return refusal(RejectionCode::app_not_available, "The app is not available.");
  }
  if (gate.has(GateCode::credentials_not_available)) {
    return refusal(RejectionCode::credentials_not_available, "The app has no such credentials.");
  }
  return std::nullopt;
}

Refusal refuse_closed(const GateAnswer& gate) {
  if (gate.has(GateCode::user_installs_blocked)) {
    return refusal(RejectionCode::user_installs_blocked,
                   "Members of this account may neither install apps nor ask for them; ask an admin.");
  }
  if (gate.has(GateCode::app_restricted)) {
    return refusal(RejectionCode::app_restricted, "The app is restricted on this account; it cannot be asked for.");
  }
  return std::nullopt;
}

bool asks_for_approval(const GateAnswer& gate) {
  return gate.has(GateCode::pre_approval_required) || gate.has(GateCode::request_pending) ||
         gate.has(GateCode::not_in_allow_list);
}

// A subscription that only the switched-off pre-approval suspends comes back when the request is approved: where the gate asks for that, asking makes sense.
Refusal refuse_installed(const Asking& asking, const GateAnswer& gate) {
  const auto subscription = effective_user_subscription(asking.state, asking.app_id, asking.user);
  if (!subscription || !subscription->live)
    return std::nullopt;
  const bool is_off = subscription->has(SuspensionCause::pre_approval_off);
  if (is_off && asks_for_approval(gate))
    return std::nullopt;
  return refusal(RejectionCode::already_installed,
                 subscription->active() ? "You have the app already."
                 : is_off ? "You have the app already; it is suspended until an admin pre-approves it again."
                          : "You have the app already; an admin switched it off for you.");
}

Refusal refuse_asked(const Asking& asking, RequestKind kind, RejectionCode code) {
  const auto open = pending_request(asking.state, asking.app_id, kind, asking.user);
  if (!open)
    return std::nullopt;
  Rejection rejection{.code = code, .detail = "You have asked already; the request is waiting for a decision."};
  rejection.request_id = open->details.request_id;
  return rejection;
}

Refusal refuse_needless(const Asking& asking, const GateAnswer& gate) {
  if (asks_for_approval(gate))
    return std::nullopt;
  const auto governed = asking.state.governed_app(asking.app_id);
  const bool covered = asking.credentials == Credentials::production || governed.includes_development;
  if (governed.pre_approval_on && covered) {
    return refusal(RejectionCode::already_pre_approved, "The app is pre-approved for you: install it.");
  }
  return refusal(RejectionCode::approval_not_required, "The app needs no approval on this account: install it.");
}

Decided request(const Asking& asking, const DecisionContext& context, const std::optional<std::string>& reason) {
  const auto member = asking.state.active_member(asking.user);
  if (!member)
    return refuse(RejectionCode::not_a_member, "Only an active member of the account may ask, for himself.");
  RequestDetails details{.request_id = RequestId{to_text(context.ids->next(context.now))},
                         .app_id = asking.app_id,
                         .user_id = asking.user,
                         .user_email = member->email,
                         .department = member->department,
                         .reason = personal(asking.user, reason.value_or("")),
                         .app_name = asking.app.facts.name,
                         .management_level = asking.app.facts.level,
                         .app_class = class_of(asking.app, asking.credentials),
                         .credentials = asking.credentials,
                         .required_scopes = asking.app.facts.required_scopes,
                         .optional_scopes = asking.app.facts.optional_scopes,
                         .manifest_version = asking.app.manifest_version};
  Decision decision;
  decision.result = {{"request_id", details.request_id.value}};
  if (asking.app.facts.level == ManagementLevel::user) {
    decision.events.push_back({asking.state.account_id(), PreApprovalRequested{std::move(details)}});
  } else {
    decision.events.push_back({asking.state.account_id(), InstallRequested{std::move(details)}});
  }
  return decision;
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const RequestPreApproval& command) {
  auto app = visible_app(state, command.app_id);
  if (!app)
    return tl::unexpected(std::move(app.error()));
  if (app->facts.level == ManagementLevel::account) {
    return refuse(RejectionCode::account_level_app, "An account-level app needs no pre-approval: use RequestInstall.");
  }
  const Asking asking{state, command.app_id, context.caller.user_id(),
                      command.credentials.value_or(Credentials::production), std::move(*app)};
  const auto gate = ask_gate(state, {asking.app_id, asking.user, asking.credentials});
  if (auto refused = refuse_unavailable(gate))
    return tl::unexpected(std::move(*refused));
  if (auto refused = refuse_installed(asking, gate))
    return tl::unexpected(std::move(*refused));
  if (auto refused = refuse_closed(gate))
    return tl::unexpected(std::move(*refused));
  if (auto refused = refuse_asked(asking, RequestKind::pre_approval, RejectionCode::request_already_pending)) {
    return tl::unexpected(std::move(*refused));
  }
  if (auto refused = refuse_needless(asking, gate))
    return tl::unexpected(std::move(*refused));
  return request(asking, context, command.reason);
}

Decided decide_one(const State& state, const DecisionContext& context, const RequestInstall& command) {
  auto app = visible_app(state, command.app_id);
  if (!app)
    return tl::unexpected(std::move(app.error()));
  if (app->facts.level == ManagementLevel::user) {
    return refuse(RejectionCode::user_level_app, "Each user installs this app himself: use Install.");
  }
  const Asking asking{state, command.app_id, context.caller.user_id(),
                      command.credentials.value_or(Credentials::production), std::move(*app)};
  if (holds(state, asking.user, marketplace_edit)) {
    return refuse(RejectionCode::admin_may_install, "You may install the app for the account yourself: use Install.");
  }
  const auto gate = ask_gate(state, {asking.app_id, asking.user, asking.credentials});
  if (auto refused = refuse_unavailable(gate))
    return tl::unexpected(std::move(*refused));
  const auto installed = effective_account_subscription(state, asking.app_id);
  if (installed && installed->live) {
    return refuse(RejectionCode::already_installed, "The app is installed for the account.");
  }
  if (auto refused = refuse_closed(gate))
    return tl::unexpected(std::move(*refused));
  if (auto refused = refuse_asked(asking, RequestKind::install, RejectionCode::install_request_pending)) {
    return tl::unexpected(std::move(*refused));
  }
  return request(asking, context, command.reason);
}

Decided decide_one(const State& state, const DecisionContext& context, const WithdrawRequest& command) {
  const auto row = effective_request(state, command.request_id);
  if (!row || row->details.user_id != context.caller.user_id()) {
    return refuse(RejectionCode::request_not_found, "You have made no such request.");
  }
  if (row->status != RequestStatus::pending)
    return tl::unexpected(request_not_pending(*row));
  const auto& details = row->details;
  Decision decision;
  decision.result = {{"request_id", details.request_id.value}};
  if (row->kind == RequestKind::pre_approval) {
    decision.events.push_back(
        {state.account_id(), PreApprovalRequestWithdrawn{details.app_id, details.request_id, details.user_id}});
  } else {
    decision.events.push_back(
        {state.account_id(), InstallRequestWithdrawn{details.app_id, details.request_id, details.user_id}});
  }
  return decision;
}

}  // namespace gatehouse
