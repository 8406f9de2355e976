// Pre-approval of an app: granted, opened or limited to a list, switched off (R19, R16, R37).
#include <utility>

#include "domain/allow_list.hpp"
#include "domain/audience_settlement.hpp"
#include "domain/confirmation.hpp"
#include "domain/governable_app.hpp"
#include "domain/named_entries.hpp"
#include "domain/pre_approval_grant.hpp"
#include "domain/refusals.hpp"
#include "domain/rules.hpp"

namespace gatehouse {

namespace {

tl::unexpected<Rejection> invalid_audience(std::string detail) {
  Rejection rejection{.code = RejectionCode::invalid_value, .detail = detail};
  rejection.errors.push_back({"/audience", "invalid_value", std::move(detail)});
  return tl::unexpected(std::move(rejection));
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const GrantPreApproval& command) {
  const auto app = openable_app(state, command.app_id);
  if (!app) return tl::unexpected(app.error());
  const EntryNames names{command.emails, command.user_ids, command.group_ids};
  if (command.audience == Audience::everyone && names.size() > 0) {
    return invalid_audience("emails, user_ids and group_ids go with audience \"selected\".");
  }
  const auto entries = entries_to_add(state, context, command.app_id, names);
  if (!entries) return tl::unexpected(entries.error());
  if (command.audience == Audience::selected && entries->empty() && !has_entries(state, command.app_id)) {
    return invalid_audience("Nobody is selected: name users, groups or addresses, or fill the allow list first.");
  }
  auto grant = make_grant(state, context, command.app_id, *app,
                          {.audience = command.audience,
                           .entries = new_ones(*entries),
                           .includes_development = command.includes_development,
                           .reason = command.reason.value_or(""),
                           .via = DecisionRoute::grant,
                           .approved_by_name = {}});
  if (!grant) return tl::unexpected(std::move(grant.error()));
  if (!changes_anything(state.governed_app(command.app_id), *grant)) {
    return refuse(RejectionCode::already_granted, "The app is pre-approved for this audience already.");
  }
  Decision decision;
  decision.result = {{"approved_requests", grant->approved_requests}, {"lifted", grant->lifted}};
  if (!entries->empty()) decision.result.emplace_back("entry_ids", ids_of(*entries));
  decision.events.push_back({state.account_id(), std::move(*grant)});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const SetInstallAudience& command) {
  const auto app = openable_app(state, command.app_id);
  if (!app) return tl::unexpected(app.error());
  const auto governed = state.governed_app(command.app_id);
  if (governed.audience == command.audience) return Decision{};
  if (command.audience == Audience::selected) {
    if (auto refusal = refuse_unless_activated_or_installed(state, command.app_id, *app)) {
      return tl::unexpected(std::move(*refusal));
    }
  }
  InstallAudienceChanged changed{.app_id = command.app_id, .audience = command.audience};
  if (governed.pre_approval_on && command.audience == Audience::everyone) {
    changed.approved_requests = settled_by(governed.pre_approval_requests,
                                           governed.includes_development ? Settles::all : Settles::production);
    changed.lifted = lifted_by(governed, covers(governed.includes_development));
  }
  Decision decision;
  decision.result = {{"approved_requests", changed.approved_requests}, {"lifted", changed.lifted}};
  decision.events.push_back({state.account_id(), std::move(changed)});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext& context, const DisablePreApproval& command) {
  const auto app = pre_approvable_app(state, command.app_id);
  if (!app) return tl::unexpected(app.error());
  const auto governed = state.governed_app(command.app_id);
  if (!governed.pre_approval_on) return refuse(RejectionCode::pre_approval_off, "Pre-approval of the app is off.");
  const auto suspended = newly_suspended(state, command.app_id, *app);
  if (auto refusal =
          require_confirmation(context, state.account_id(), "DisablePreApproval", command.app_id.value,
                               governed.version, command.confirmation, Impact{{{"subscriptions", suspended}}})) {
    return tl::unexpected(std::move(*refusal));
  }
  Decision decision;
  decision.result = {{"suspended", suspended}};
  decision.events.push_back(
      {state.account_id(),
       PreApprovalDisabled{.app_id = command.app_id,
                           .reason = personal(UserId{context.caller.id}, command.reason.value_or("")),
                           .suspended = suspended}});
  return decision;
}

}  // namespace gatehouse
