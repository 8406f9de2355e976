// The catalogue: apps and scopes. Through the platform's door any app; through an account's door the account's own ones only, and what is not
// its own is as if it were not there.
#include <algorithm>
#include <set>

#include "catalogue/scope_catalogue.hpp"
#include "domain/catalogue_door.hpp"
#include "domain/confirmation.hpp"
#include "domain/limits.hpp"
#include "domain/privileges.hpp"
#include "domain/refusals.hpp"
#include "domain/rules.hpp"
#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"

namespace gatehouse {

namespace {

tl::unexpected<Rejection> refuse_member(RejectionCode code, std::string pointer, std::string detail) {
  Rejection rejection{.code = code, .detail = detail};
  rejection.errors.push_back({std::move(pointer), std::string(to_text(code)), std::move(detail)});
  return tl::unexpected(std::move(rejection));
}

// Who develops the app, as this door may say it. Through an account's door that is the account, and account_id may be left out.
tl::expected<AccountId, Rejection> developer_account(const State& state, const DeveloperInput& developer) {
  const bool own_kind = developer.kind == DeveloperKind::account;
  if (!through_platform_door(state)) {
    if (own_kind && developer.account_id.value_or(state.account_id()) == state.account_id())
      return state.account_id();
    return refuse_member(RejectionCode::developer_mismatch, "/developer", "An account registers apps of its own only.");
  }
  if (own_kind != developer.account_id.has_value()) {
    return refuse_member(RejectionCode::invalid_value, "/developer/account_id",
                         "account_id goes with kind \"account\", and only with it.");
  }
  if (!own_kind)
    return AccountId{};
  if (!State(state.rows(), *developer.account_id).account()) {
    return refuse_member(RejectionCode::account_not_found, "/developer/account_id", "There is no such account.");
  }
  return *developer.account_id;
}

std::optional<Rejection> refuse_other_developer(const UpdateManifest& command, const AppRow& app) {
  const bool other_type = command.app_type && *command.app_type != app.app_type;
  bool other_developer = command.developer && command.developer->kind != app.developer;
  if (command.developer && command.developer->account_id)
    other_developer |= *command.developer->account_id != app.developer_account_id;
  if (!other_type && !other_developer)
    return std::nullopt;
  return refuse_member(RejectionCode::developer_mismatch, other_type ? "/app_type" : "/developer",
                       "An app keeps its developer and its type.")
      .value();
}

Decision one_event(Event event) {
  Decision decision;
  decision.events.push_back({catalogue_stream, std::move(event)});
  return decision;
}

CommandResult result_of(const AppId& app, const ManifestInput& manifest) {
  return {{"app_id", app.value}, {"warnings", manifest.warnings}};
}

// "owner", or privileges joined by '+'. Empty: what the scope's name implies.
bool is_scope_privilege(std::string_view text) {
  if (text.empty() || text == "owner")
    return true;
  for (std::size_t start = 0; start <= text.size();) {
    const auto end = std::min(text.find('+', start), text.size());
    if (!is_known_privilege(text.substr(start, end - start)))
      return false;
    start = end + 1;
  }
  return true;
}

std::optional<FieldError> wrong_scope(const ScopeInput& scope, std::set<std::string>& seen) {
  if (!catalogue::ScopeCatalogue::builtin().may_be_scope(scope.name)) {
    return FieldError{
        "/name", "invalid_scope",
        "A scope's name is 2 to 4 parts of a-z, 0-9 and _, divided by colons; admin or master is never the first."};
  }
  if (!seen.insert(scope.name).second)
    return FieldError{"/name", "invalid_value", "The scope is defined twice."};
  if (!is_scope_privilege(scope.privilege.value_or(""))) {
    return FieldError{"/privilege", "unknown_privilege", "No such privilege."};
  }
  return std::nullopt;
}

// Members that are left out keep what was defined before.
ScopeDefinition definition_of(const ScopeInput& scope, const ScopeRow& earlier) {
  return {scope.name, scope.description.value_or(earlier.description), scope.privilege.value_or(earlier.privilege)};
}

struct Withdrawal {
  Impact impact;
  std::uint64_t version{};  // grows with whatever the impact shows
};

// How many subscriptions end in how many accounts no single account may learn, and no command counts them all. Those of the account that
// develops the app are counted on its own row; for an app that was never published they are all there are.
Withdrawal withdrawal_of(const State& state, const AppId& app_id, const AppRow& app) {
  Withdrawal hit{Impact{{{"apps", 1}}}, app.version};
  if (app.developer != DeveloperKind::account)
    return hit;
  const State developer(state.rows(), app.developer_account_id);
  const auto governed = developer.governed_app(app_id);
  hit.impact.counts.emplace_back("subscriptions_on_own_account",
                                 live_subscriptions(developer.account().value_or(AccountRow{}), governed));
  hit.version += governed.version;
  return hit;
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const RegisterApp& command) {
  auto account = developer_account(state, command.developer);
  if (!account)
    return tl::unexpected(std::move(account.error()));
  const auto app_id = command.app_id ? *command.app_id : AppId{to_text(context.ids->next(context.now))};
  if (state.app(app_id))
    return refuse(RejectionCode::app_exists, "There is an app with this app_id.");
  auto decision = one_event(AppRegistered{.app_id = app_id,
                                          .app_type = command.app_type.value_or("general"),
                                          .developer = command.developer.kind,
                                          .developer_account_id = std::move(*account),
                                          .facts = command.manifest.facts,
                                          .manifest = command.manifest.text});
  decision.result = result_of(app_id, command.manifest);
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const UpdateManifest& command) {
  const auto app = own_app(state, command.app_id);
  if (!app)
    return tl::unexpected(app.error());
  if (auto refusal = refuse_other_developer(command, *app))
    return tl::unexpected(std::move(*refusal));
  if (command.manifest.facts.level != app->facts.level) {
    return refuse_member(RejectionCode::invalid_value, "/manifest/oauth_information/usage",
                         "An app stays user-level or account-level: its requests and subscriptions depend on it.");
  }
  Decision decision;
  if (state.rows().get(state_keys::manifest(command.app_id)) != command.manifest.text) {
    decision = one_event(
        AppManifestUpdated{command.app_id, app->manifest_version + 1, command.manifest.facts, command.manifest.text});
  }
  decision.result = result_of(command.app_id, command.manifest);
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const ActivateApp& command) {
  const auto app = own_app(state, command.app_id);
  if (!app)
    return tl::unexpected(app.error());
  return app->activated ? Decision{} : one_event(AppActivated{command.app_id});
}

Decided decide_one(const State& state, const DecisionContext&, const PublishApp& command) {
  const auto app = own_app(state, command.app_id);
  if (!app)
    return tl::unexpected(app.error());
  const bool same = app->published && app->listed == command.listed;
  return same ? Decision{} : one_event(AppPublished{command.app_id, command.listed});
}

Decided decide_one(const State& state, const DecisionContext&, const UnpublishApp& command) {
  const auto app = own_app(state, command.app_id);
  if (!app)
    return tl::unexpected(app.error());
  return app->published ? one_event(AppUnpublished{command.app_id}) : Decision{};
}

Decided decide_one(const State& state, const DecisionContext& context, const WithdrawApp& command) {
  const auto app = own_app(state, command.app_id);
  if (!app && app.error().code == RejectionCode::app_withdrawn)
    return Decision{};
  if (!app)
    return tl::unexpected(app.error());
  auto hit = withdrawal_of(state, command.app_id, *app);
  if (auto refusal = require_confirmation(context, state.account_id(), "WithdrawApp", command.app_id.value, hit.version,
                                          command.confirmation, std::move(hit.impact))) {
    return tl::unexpected(std::move(*refusal));
  }
  return one_event(AppWithdrawn{command.app_id});
}

Decided decide_one(const State& state, const DecisionContext&, const DefineScopes& command) {
  Rejection rejection{.code = RejectionCode::invalid_value, .detail = "Nothing was defined: see errors."};
  std::set<std::string> seen;
  ScopesDefined defined;
  for (std::size_t index = 0; index < command.scopes.size(); ++index) {
    const auto& scope = command.scopes[index];
    if (auto error = wrong_scope(scope, seen)) {
      error->pointer = "/scopes/" + std::to_string(index) + error->pointer;
      rejection.errors.push_back(std::move(*error));
      continue;
    }
    const auto earlier = state.scope(scope.name);
    auto definition = definition_of(scope, earlier.value_or(ScopeRow{}));
    const bool same =
        earlier && earlier->description == definition.description && earlier->privilege == definition.privilege;
    if (!same)
      defined.scopes.push_back(std::move(definition));
  }
  if (!rejection.errors.empty()) {
    if (rejection.errors.front().code == "unknown_privilege")
      rejection.code = RejectionCode::unknown_privilege;
    return tl::unexpected(std::move(rejection));
  }
  return defined.scopes.empty() ? Decision{} : one_event(std::move(defined));
}

}  // namespace gatehouse
