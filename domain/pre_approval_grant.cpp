#include "domain/pre_approval_grant.hpp"

#include <algorithm>
#include <utility>

#include "domain/allow_list.hpp"
#include "domain/audience_settlement.hpp"
#include "domain/gate.hpp"
#include "domain/request.hpp"
#include "table/overlay_table.hpp"

namespace gatehouse {

namespace {

// The whole list is the new audience, those included who stood on it before: looked at with the new entries in place.
std::optional<AudienceReach> reach_with(const State& state, const DecisionContext& context,
                                        const PreApprovalGranted& grant) {
  OverlayTable rows(state.rows());
  const EventContext then{.stream = state.account_id(),
                          .account_version = context.account_version + 1,
                          .recorded_at = context.now,
                          .actor = {context.caller.type, context.caller.id, {}},
                          .event_id = {}};
  for (const auto& entry : grant.entries)
    put_entry(rows, then, grant.app_id, entry);
  return reach_of_list(State(rows, state.account_id()), grant.app_id, covers(grant.includes_development));
}

}  // namespace

tl::expected<PreApprovalGranted, Rejection> make_grant(const State& state, const DecisionContext& context,
                                                       const AppId& app_id, const AppRow& app, GrantTerms terms) {
  const auto governed = state.governed_app(app_id);
  PreApprovalGranted grant;
  grant.app_id = app_id;
  grant.audience = terms.audience;
  grant.entries = std::move(terms.entries);
  grant.approved_scopes = approvable_scopes(app);
  grant.includes_development = terms.includes_development.value_or(default_includes_development(governed, app));
  grant.reason = personal(UserId{context.caller.id}, terms.reason);
  grant.via = terms.via;
  if (grant.audience == Audience::everyone) {
    const auto settles = grant.includes_development ? Settles::all : Settles::production;
    const auto named = std::ranges::count_if(terms.approved_by_name, [&](const RequestId& id) {
      const auto request = settles == Settles::all ? std::nullopt : state.request(id);
      return !request || request->details.credentials == Credentials::production;
    });
    grant.approved_requests = settled_by(governed.pre_approval_requests, settles) - static_cast<std::uint64_t>(named);
    grant.lifted = lifted_by(governed, covers(grant.includes_development));
    return grant;
  }
  const auto reach = reach_with(state, context, grant);
  if (!reach)
    return tl::unexpected(audience_too_large());
  grant.approved_requests = static_cast<std::uint64_t>(std::ranges::count_if(
      reach->requests, [&](const RequestId& id) { return !terms.approved_by_name.contains(id); }));
  grant.lifted = reach->suspensions.size();
  return grant;
}

bool changes_anything(const GovernedAppRow& governed, const PreApprovalGranted& grant) {
  const bool approves_more = std::ranges::any_of(grant.approved_scopes, [&](const std::string& scope) {
    return std::ranges::find(governed.approved_scopes, scope) == governed.approved_scopes.end();
  });
  return !governed.pre_approval_on || governed.audience != grant.audience || !grant.entries.empty() ||
         governed.includes_development != grant.includes_development || approves_more || grant.approved_requests > 0 ||
         grant.lifted > 0;
}

std::vector<std::string> approvable_scopes(const AppRow& app) {
  auto scopes = app.facts.required_scopes;
  scopes.insert(scopes.end(), app.facts.optional_scopes.begin(), app.facts.optional_scopes.end());
  return scopes;
}

bool default_includes_development(const GovernedAppRow& governed, const AppRow& app) {
  return governed.pre_approval_on
             ? governed.includes_development
             : !app.facts.has_production || class_of(app, Credentials::production) != AppClass::public_;
}

Rejection audience_too_large() {
  return {.code = RejectionCode::audience_too_large,
          .detail = "More than " + std::to_string(limits::audience_walk_max) +
                    " members would have to be looked at for their requests and suspended subscriptions. Name smaller "
                    "groups, or grant for everyone and limit the audience to the list afterwards: that takes nothing "
                    "away from those who have the app."};
}

}  // namespace gatehouse
