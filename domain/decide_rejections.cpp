// Admins reject and cancel requests, named ones or all of an app (D11, D12).
#include <utility>

#include "domain/confirmation.hpp"
#include "domain/governable_app.hpp"
#include "domain/named_requests.hpp"
#include "domain/refusals.hpp"
#include "domain/rules.hpp"

namespace gatehouse {

namespace {

// Requests for pre-approval are about user-level apps, requests to install about account-level ones.
std::optional<Rejection> refuse_kind(const AppRow& app, RequestKind kind) {
  if (kind == RequestKind::pre_approval && app.facts.level == ManagementLevel::account) {
    return Rejection{.code = RejectionCode::account_level_app,
                     .detail =
                         "Nobody asks for pre-approval of an account-level app; its requests are of kind install."};
  }
  if (kind == RequestKind::install && app.facts.level == ManagementLevel::user) {
    return Rejection{.code = RejectionCode::user_level_app,
                     .detail = "Nobody asks to install a user-level app; its requests are of kind pre_approval."};
  }
  return std::nullopt;
}

tl::expected<std::vector<RequestRow>, Rejection> decidable(const State& state, const NamedRequests& named) {
  const auto app = governed_or_visible_app(state, named.app_id);
  if (!app)
    return tl::unexpected(app.error());
  if (auto refusal = refuse_kind(*app, named.kind))
    return tl::unexpected(std::move(*refusal));
  return named_pending_requests(state, named);
}

template <class RejectionEvent>
RejectionEvent rejection_of(const RequestDetails& details, const UserId& by, const std::optional<std::string>& reason) {
  return {.app_id = details.app_id,
          .request_id = details.request_id,
          .user_id = details.user_id,
          .decided_by = by,
          .reason = personal(details.user_id, reason.value_or(""))};
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const RejectRequests& command) {
  auto requests = decidable(state, {command.app_id, command.kind, command.user_ids, command.request_ids});
  if (!requests)
    return tl::unexpected(std::move(requests.error()));
  const UserId by{context.caller.id};
  Decision decision;
  decision.result = result_of("rejected", *requests);
  for (const auto& request : *requests) {
    const auto& details = request.details;
    if (request.kind == RequestKind::pre_approval) {
      decision.events.push_back(
          {state.account_id(), rejection_of<PreApprovalRequestRejected>(details, by, command.reason)});
    } else {
      decision.events.push_back(
          {state.account_id(), rejection_of<InstallRequestRejected>(details, by, command.reason)});
    }
  }
  return decision;
}

Decided decide_one(const State& state, const DecisionContext& context, const CancelRequests& command) {
  auto requests = decidable(state, {command.app_id, command.kind, command.user_ids, command.request_ids});
  if (!requests)
    return tl::unexpected(std::move(requests.error()));
  const UserId by{context.caller.id};
  Decision decision;
  decision.result = result_of("cancelled", *requests);
  for (const auto& request : *requests) {
    const auto& details = request.details;
    if (request.kind == RequestKind::pre_approval) {
      decision.events.push_back(
          {state.account_id(), PreApprovalRequestCancelled{details.app_id, details.request_id, details.user_id, by}});
    } else {
      decision.events.push_back(
          {state.account_id(), InstallRequestCancelled{details.app_id, details.request_id, details.user_id, by}});
    }
  }
  return decision;
}

Decided decide_one(const State& state, const DecisionContext& context, const DeclineAllRequests& command) {
  const auto app = pre_approvable_app(state, command.app_id);
  if (!app)
    return tl::unexpected(app.error());
  const auto governed = state.governed_app(command.app_id);
  const auto pending = governed.pre_approval_requests.pending;
  Decision decision;
  // D11: what is installed without an approval is disabled as well.
  const auto suspended = newly_suspended(state, command.app_id, *app);
  if (pending == 0 && suspended == 0 && !governed.pre_approval_on)
    return decision;
  if (auto refusal = require_confirmation(context, state.account_id(), "DeclineAllRequests", command.app_id.value,
                                          governed.version, command.confirmation,
                                          Impact{{{"requests", pending}, {"subscriptions", suspended}}})) {
    return tl::unexpected(std::move(*refusal));
  }
  const UserId by{context.caller.id};
  decision.result = {{"rejected", pending}, {"suspended", suspended}};
  decision.events.push_back(
      {state.account_id(), AllRequestsDeclined{.app_id = command.app_id,
                                               .decided_by = by,
                                               .reason = personal(by, command.reason.value_or("")),
                                               .rejected_requests = pending,
                                               .pre_approval_revoked = governed.pre_approval_on,
                                               .suspended = suspended}});
  return decision;
}

}  // namespace gatehouse
