// AddAppForUsers (D14): an admin adds a user-level app for others; one event, whatever the audience.
#include <algorithm>
#include <set>
#include <vector>

#include "domain/added_audience.hpp"
#include "domain/allow_list.hpp"
#include "domain/audience_settlement.hpp"
#include "domain/limit_warning.hpp"
#include "domain/limits.hpp"
#include "domain/pre_approval_grant.hpp"
#include "domain/refusals.hpp"
#include "domain/row_writer.hpp"
#include "domain/rules.hpp"
#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"
#include "table/overlay_table.hpp"

namespace gatehouse {

namespace {

// Who of a selected audience has no live subscription yet.
struct Newcomers {
  std::set<UserId> users;
  std::vector<FieldError> errors;
  std::uint64_t group_members{};
};

void look_at(const State& state, const AppId& app, const UserId& user, Newcomers& newcomers) {
  const auto subscription = effective_user_subscription(state, app, user);
  if (!subscription || !subscription->live)
    newcomers.users.insert(user);
}

void look_at_users(const State& state, const AddAppForUsers& command, Newcomers& newcomers) {
  if (!command.user_ids)
    return;
  for (std::size_t index = 0; index < command.user_ids->size(); ++index) {
    const auto& user = (*command.user_ids)[index];
    if (state.active_member(user)) {
      look_at(state, command.app_id, user, newcomers);
    } else {
      newcomers.errors.push_back(
          {"/user_ids/" + std::to_string(index), "user_not_found", "No active member of the account."});
    }
  }
}

void look_at_groups(const State& state, const AddAppForUsers& command, Newcomers& newcomers) {
  if (!command.group_ids)
    return;
  for (std::size_t index = 0; index < command.group_ids->size(); ++index) {
    const auto& group_id = (*command.group_ids)[index];
    const auto group = state.group(group_id);
    if (!group) {
      newcomers.errors.push_back(
          {"/group_ids/" + std::to_string(index), "group_not_found", "No group of the account."});
      continue;
    }
    newcomers.group_members += group->members;
    if (newcomers.group_members > limits::audience_walk_max)
      return;
    state.visit_group_members(group_id, [&](const UserId& user) {
      if (state.active_member(user))
        look_at(state, command.app_id, user, newcomers);
      return true;
    });
  }
}

std::optional<Rejection> refuse_audience(const AddAppForUsers& command) {
  const bool named =
      (command.user_ids && !command.user_ids->empty()) || (command.group_ids && !command.group_ids->empty());
  if ((command.audience == Audience::selected) == named)
    return std::nullopt;
  Rejection rejection{.code = RejectionCode::invalid_value,
                      .detail = "user_ids and group_ids go with audience \"selected\", and only with it."};
  rejection.errors.push_back({"/audience", "invalid_value", rejection.detail});
  return rejection;
}

std::optional<Rejection> refuse_app(const AppRow& app, const GovernedAppRow& governed) {
  if (app.facts.level == ManagementLevel::account) {
    return Rejection{.code = RejectionCode::account_level_app,
                     .detail = "An account-level app is installed for the account instead."};
  }
  if (!app.activated || app.withdrawn)
    return Rejection{.code = RejectionCode::app_not_available, .detail = "The app is not available."};
  if (!app.facts.has_production) {
    return Rejection{.code = RejectionCode::credentials_not_available,
                     .detail = "The app has no production credentials."};
  }
  if (governed.restricted)
    return Rejection{.code = RejectionCode::app_restricted, .detail = "The app is restricted on this account."};
  return std::nullopt;
}

std::uint64_t newcomers_of_everyone(const AccountRow& account, const GovernedAppRow& governed) {
  const auto have_it = governed.live_members + everyone_subscriptions_of_active(account, governed);
  return account.active_members > have_it ? account.active_members - have_it : 0;
}

bool is_app_for_group(const State& state, const GroupId& group_id, const AppId& app) {
  const auto row = read_row<AppForGroupRow>(state.rows(), state_keys::app_for_group(state.account_id(), group_id, app));
  const auto group = state.group(group_id);
  return row && group && row->version > group->created_version &&
         row->version > state.governed_app(app).uninstalled_version;
}

// Whether the audience has the app and its pre-approval already, so that nothing would change.
bool is_added(const State& state, const AddAppForUsers& command, const GovernedAppRow& governed) {
  if (!governed.pre_approval_on)
    return false;
  if (command.audience == Audience::everyone) {
    return governed.audience == Audience::everyone && !governed.everyone_grants.empty();
  }
  const auto listed = [&](const std::string& entry) {
    return governed.audience == Audience::everyone || entry_in_force(state, command.app_id, entry).has_value();
  };
  const auto users = command.user_ids.value_or(std::vector<UserId>{});
  const auto groups = command.group_ids.value_or(std::vector<GroupId>{});
  return std::all_of(users.begin(), users.end(),
                     [&](const UserId& user) { return listed(state_keys::entry_of_user(user)); }) &&
         std::all_of(groups.begin(), groups.end(), [&](const GroupId& group) {
           return listed(state_keys::entry_of_group(group)) && is_app_for_group(state, group, command.app_id);
         });
}

// What the event settles: counted on the state as the event will make it.
std::optional<Rejection> count_settled(const State& state, const DecisionContext& context, AppAddedForAudience& event) {
  const EventContext then{.stream = state.account_id(),
                          .account_version = context.account_version + 1,
                          .recorded_at = context.now,
                          .actor = {context.caller.type, context.caller.id, {}},
                          .event_id = {}};
  auto governed = state.governed_app(event.app_id);
  if (event.audience == Audience::selected && governed.pre_approval_on && governed.audience == Audience::everyone)
    return std::nullopt;
  pre_approve_audience(then, event, governed);
  const auto covered = covers(governed.includes_development);
  if (event.audience == Audience::everyone) {
    const auto settles = governed.includes_development ? Settles::all : Settles::production;
    event.approved_requests = settled_by(governed.pre_approval_requests, settles);
    event.lifted = lifted_by(governed, covered);
    return std::nullopt;
  }
  OverlayTable rows(state.rows());
  list_audience(rows, then, event);
  const auto reach = reach_of_list(State(rows, state.account_id()), event.app_id, covered);
  if (!reach)
    return audience_too_large();
  event.approved_requests = reach->requests.size();
  event.lifted = reach->suspensions.size();
  return std::nullopt;
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const AddAppForUsers& command) {
  if (auto refusal = refuse_audience(command))
    return tl::unexpected(std::move(*refusal));
  const auto app = visible_app(state, command.app_id);
  if (!app)
    return tl::unexpected(app.error());
  const auto governed = state.governed_app(command.app_id);
  if (auto refusal = refuse_app(*app, governed))
    return tl::unexpected(std::move(*refusal));

  Newcomers newcomers;
  look_at_users(state, command, newcomers);
  look_at_groups(state, command, newcomers);
  if (!newcomers.errors.empty()) {
    Rejection rejection{.code = RejectionCode::user_not_found,
                        .detail = "Somebody named is not there; nobody was added."};
    if (newcomers.errors.front().code == "group_not_found")
      rejection.code = RejectionCode::group_not_found;
    rejection.errors = std::move(newcomers.errors);
    return tl::unexpected(std::move(rejection));
  }
  if (newcomers.group_members > limits::audience_walk_max) {
    return refuse(RejectionCode::audience_too_large,
                  "The groups have more than " + std::to_string(limits::audience_walk_max) +
                      " members together; add the app for everyone, or for smaller groups.");
  }
  const auto added = command.audience == Audience::everyone ? newcomers_of_everyone(*state.account(), governed)
                                                            : newcomers.users.size();
  AppAddedForAudience event{.app_id = command.app_id,
                            .audience = command.audience,
                            .user_ids = command.user_ids.value_or(std::vector<UserId>{}),
                            .group_ids = command.group_ids.value_or(std::vector<GroupId>{}),
                            .added_by = UserId{context.caller.id},
                            .granted_scopes = app->facts.required_scopes,
                            .added = added,
                            .approved_scopes =
                                governed.pre_approval_on ? governed.approved_scopes : approvable_scopes(*app),
                            .includes_development = default_includes_development(governed, *app),
                            .keeps_present = true};
  if (auto refusal = count_settled(state, context, event))
    return tl::unexpected(std::move(*refusal));
  Decision decision;
  decision.result = {{"added", event.added}, {"approved_requests", event.approved_requests}, {"lifted", event.lifted}};
  if (event.added + event.approved_requests + event.lifted == 0 && is_added(state, command, governed))
    return decision;
  if (command.audience == Audience::everyone && governed.everyone_grants.size() >= limits::everyone_grants_max) {
    return refuse(RejectionCode::too_many_items,
                  "The app was added for everyone " + std::to_string(limits::everyone_grants_max) +
                      " times. Add it for those who do not have it, or uninstall it for the account first.");
  }
  if (command.audience == Audience::selected)
    warn_of_limit(state, command.app_id, *app, decision);
  decision.events.push_back({state.account_id(), std::move(event)});
  return decision;
}

}  // namespace gatehouse
