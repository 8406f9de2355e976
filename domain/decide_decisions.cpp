// Admins approve requests: named ones, or all of an app (D8). The requests' own events come first, so that a grant in the same command counts and
// settles only those that nobody named.
#include <set>
#include <utility>

#include "domain/allow_list.hpp"
#include "domain/audience_walk.hpp"
#include "domain/governable_app.hpp"
#include "domain/limit_warning.hpp"
#include "domain/limits.hpp"
#include "domain/named_requests.hpp"
#include "domain/pre_approval_grant.hpp"
#include "domain/refusals.hpp"
#include "domain/request.hpp"
#include "domain/rules.hpp"

namespace gatehouse {

namespace {

struct Approval {
  const AppId& app_id;
  const AppRow& app;
  const std::vector<RequestRow>& requests;
  std::string reason;
  DecisionRoute via{};
};

// The requesters who do not stand on the list by an entry of their own.
std::vector<AllowListEntry> missing_entries(const State& state, const DecisionContext& context,
                                            const Approval& approval) {
  std::vector<AllowListEntry> entries;
  for (const auto& request : approval.requests) {
    AllowListEntry entry;
    entry.kind = EntryKind::user;
    entry.user_id = request.details.user_id;
    if (entry_in_force(state, approval.app_id, key_of(entry))) continue;
    entry.entry_id = EntryId{to_text(context.ids->next(context.now))};
    entries.push_back(std::move(entry));
  }
  return entries;
}

void add_approvals(const State& state, const DecisionContext& context, const Approval& approval, Audience audience,
                   const std::vector<AllowListEntry>& entries, Decision& decision) {
  std::set<UserId> added;
  for (const auto& entry : entries)
    added.insert(entry.user_id);
  for (const auto& request : approval.requests) {
    const auto& details = request.details;
    const auto effect = audience == Audience::everyone      ? AudienceEffect::everyone
                        : added.contains(details.user_id) ? AudienceEffect::added_to_list
                                                          : AudienceEffect::none;
    decision.events.push_back({state.account_id(),
                               PreApprovalRequestApproved{.app_id = approval.app_id,
                                                          .request_id = details.request_id,
                                                          .user_id = details.user_id,
                                                          .decided_by = UserId{context.caller.id},
                                                          .reason = personal(details.user_id, approval.reason),
                                                          .via = approval.via,
                                                          .audience_effect = effect}});
  }
}

// One list entry for each new name; what it lifts concerns nobody else of the command.
void add_entries(const State& state, const AppId& app, const GovernedAppRow& governed,
                 std::vector<AllowListEntry> entries, Decision& decision) {
  for (auto& entry : entries) {
    const auto reach = reach_of_entry(state, app, entry, covers(governed.includes_development));
    const auto lifted = reach ? reach->suspensions.size() : 0;
    decision.events.push_back(
        {state.account_id(),
         AllowListEntryAdded{.app_id = app, .entry = std::move(entry), .approved_requests = 0, .lifted = lifted}});
  }
}

// Off: on for these users. For selected users: they are added. For everyone: marked. A request for development credentials that the grant does not
// cover yet extends it to them, or approving would promise what the gate refuses (D24).
Decided approve(const State& state, const DecisionContext& context, const Approval& approval) {
  const auto governed = state.governed_app(approval.app_id);
  const bool on = governed.pre_approval_on;
  const auto audience = on ? governed.audience : Audience::selected;
  bool development = false;
  std::set<RequestId> named;
  for (const auto& request : approval.requests) {
    named.insert(request.details.request_id);
    development = development || request.details.credentials == Credentials::development;
  }
  auto entries =
      audience == Audience::selected ? missing_entries(state, context, approval) : std::vector<AllowListEntry>{};
  Decision decision;
  decision.result = result_of("approved", approval.requests);
  add_approvals(state, context, approval, audience, entries, decision);
  if (on && (!development || governed.includes_development)) {
    add_entries(state, approval.app_id, governed, std::move(entries), decision);
    return decision;
  }
  auto grant = make_grant(state, context, approval.app_id, approval.app,
                          {.audience = audience,
                           .entries = std::move(entries),
                           .includes_development = development ? std::optional(true) : std::nullopt,
                           .reason = approval.reason,
                           .via = approval.via,
                           .approved_by_name = std::move(named)});
  if (!grant) return tl::unexpected(std::move(grant.error()));
  warn_of_limit(state, approval.app_id, approval.app, decision);
  decision.events.push_back({state.account_id(), std::move(*grant)});
  return decision;
}

Decided approve_for_everyone(const State& state, const DecisionContext& context, const AppId& app_id,
                             const AppRow& app) {
  const auto governed = state.governed_app(app_id);
  const bool development = governed.pre_approval_requests.pending_development > 0;
  auto grant = make_grant(state, context, app_id, app,
                          {.audience = Audience::everyone,
                           .entries = {},
                           .includes_development = development ? std::optional(true) : std::nullopt,
                           .reason = {},
                           .via = DecisionRoute::approve_all,
                           .approved_by_name = {}});
  if (!grant) return tl::unexpected(std::move(grant.error()));
  Decision decision;
  decision.result = {{"approved", grant->approved_requests}, {"lifted", grant->lifted}};
  if (changes_anything(governed, *grant)) decision.events.push_back({state.account_id(), std::move(*grant)});
  return decision;
}

Decided approve_requesters(const State& state, const DecisionContext& context, const AppId& app_id, const AppRow& app) {
  if (state.governed_app(app_id).pre_approval_requests.pending > limits::list_items_max) {
    return refuse(RejectionCode::too_many_items,
                  "More than " + std::to_string(limits::list_items_max) +
                      " requests are pending: approve them in parts with ApproveRequests, or for everyone.");
  }
  std::vector<RequestRow> requests;
  for (const auto credentials : {Credentials::production, Credentials::development}) {
    visit_pending_requests(state, app_id, RequestKind::pre_approval, credentials, [&](RequestRow request) {
      requests.push_back(std::move(request));
      return true;
    });
  }
  if (requests.empty()) return Decision{.events = {}, .result = result_of("approved", requests)};
  return approve(state, context, {app_id, app, requests, {}, DecisionRoute::approve_all});
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const ApproveRequests& command) {
  const auto app = openable_app(state, command.app_id);
  if (!app) return tl::unexpected(app.error());
  const auto requests = named_pending_requests(
      state, {command.app_id, RequestKind::pre_approval, command.user_ids, command.request_ids});
  if (!requests) return tl::unexpected(requests.error());
  if (requests->empty()) return Decision{.events = {}, .result = result_of("approved", *requests)};
  return approve(state, context,
                 {command.app_id, *app, *requests, command.reason.value_or(""), DecisionRoute::inbox});
}

Decided decide_one(const State& state, const DecisionContext& context, const ApproveAllRequests& command) {
  const auto app = openable_app(state, command.app_id);
  if (!app) return tl::unexpected(app.error());
  return command.audience == ApproveAllAudience::requesters
             ? approve_requesters(state, context, command.app_id, *app)
             : approve_for_everyone(state, context, command.app_id, *app);
}

}  // namespace gatehouse
