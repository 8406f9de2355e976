// Install: the gate decides; what it found goes into the event.
#include <algorithm>

#include "domain/decide.hpp"
#include "domain/gate.hpp"
#include "domain/refusals.hpp"
#include "domain/rules.hpp"

namespace gatehouse {

namespace {

// The optional scopes that were asked for must be optional scopes of the app; the others are declined.
tl::expected<std::pair<std::vector<std::string>, std::vector<std::string>>, Rejection> divide_scopes(const AppFacts& facts,
                                                                                                     const Install& command) {
  auto granted = facts.required_scopes;
  auto declined = facts.optional_scopes;
  if (!command.optional_scopes) return std::pair{std::move(granted), std::move(declined)};
  Rejection rejection{.code = RejectionCode::unknown_scope, .detail = "The app does not offer these scopes as optional ones."};
  for (std::size_t index = 0; index < command.optional_scopes->size(); ++index) {
    const auto& scope = (*command.optional_scopes)[index];
    const auto found = std::find(declined.begin(), declined.end(), scope);
    if (found != declined.end()) {
      declined.erase(found);
      granted.push_back(scope);
    } else if (std::find(granted.begin(), granted.end(), scope) == granted.end()) {
      rejection.errors.push_back({"/optional_scopes/" + std::to_string(index), "unknown_scope", "Not an optional scope of this app."});
    }
  }
  if (!rejection.errors.empty()) return tl::unexpected(std::move(rejection));
  return std::pair{std::move(granted), std::move(declined)};
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const Install& command) {
  const auto scope = command.scope.value_or(SubscriptionScope::user);
  const auto credentials = command.credentials.value_or(Credentials::production);
  const auto app = visible_app(state, command.app_id);
  if (!app) return tl::unexpected(app.error());
  const bool account_level = app->facts.level == ManagementLevel::account;
  if (!account_level && scope == SubscriptionScope::account) {
    return refuse(RejectionCode::user_level_app, "A user-level app is installed by each user; send scope \"user\", or AddAppForUsers.");
  }
  auto gate = ask_gate(state, {command.app_id, context.caller.user_id(), credentials});
  if (!gate.allowed()) return tl::unexpected(refused_by_gate(std::move(gate)));
  if (account_level && scope == SubscriptionScope::user) {
    return refuse(RejectionCode::account_level_app, "An account-level app is installed for the whole account; send scope \"account\".");
  }
  auto scopes = divide_scopes(app->facts, command);
  if (!scopes) return tl::unexpected(std::move(scopes.error()));

  AppInstalled installed{.app_id = command.app_id,
                         .subscription_id = SubscriptionId{to_text(context.ids->next(context.now))},
                         .scope = scope,
                         .installed_for = account_level ? UserId{} : context.caller.user_id(),
                         .installed_by = context.caller.user_id(),
                         .credentials = credentials,
                         .granted_scopes = std::move(scopes->first),
                         .declined_optional_scopes = std::move(scopes->second),
                         .gate = std::move(gate.steps),
                         .fulfilled = account_level ? state.governed_app(command.app_id).install_requests.pending : 0};
  Decision decision;
  decision.result = {{"subscription_id", installed.subscription_id.value}};
  if (account_level) decision.result.emplace_back("fulfilled_requests", installed.fulfilled);
  decision.events.push_back({state.account_id(), std::move(installed)});
  return decision;
}

}  // namespace gatehouse
