// Folds of the catalogue's events. Versions are those of the catalogue's stream.
#include "domain/folds.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

template <class Change>
void change_app(Table& rows, const EventContext& context, const AppId& app_id, Change change) {
  auto app = State(rows, context.stream).app(app_id);
  if (!app)
    return;
  change(*app);
  app->version = context.account_version;
  put_row(rows, state_keys::app(app_id), *app);
}

}  // namespace

void evolve_one(Table& rows, const EventContext& context, const AppRegistered& event) {
  AppRow app;
  app.app_type = event.app_type;
  app.developer = event.developer;
  app.developer_account_id = event.developer_account_id;
  app.facts = event.facts;
  app.manifest_version = 1;
  if (context.actor.type == ActorType::user)
    app.creator_id = UserId{context.actor.id};
  app.registered_at = context.recorded_at;
  app.version = context.account_version;
  put_row(rows, state_keys::app(event.app_id), app);
  rows.put(state_keys::manifest(event.app_id), event.manifest);
}

void evolve_one(Table& rows, const EventContext& context, const AppManifestUpdated& event) {
  change_app(rows, context, event.app_id, [&](AppRow& app) {
    app.facts = event.facts;
    app.manifest_version = event.manifest_version;
  });
  rows.put(state_keys::manifest(event.app_id), event.manifest);
}

void evolve_one(Table& rows, const EventContext& context, const AppActivated& event) {
  change_app(rows, context, event.app_id, [](AppRow& app) { app.activated = true; });
}

// What the public may install is available: publishing activates.
void evolve_one(Table& rows, const EventContext& context, const AppPublished& event) {
  change_app(rows, context, event.app_id, [&](AppRow& app) {
    app.activated = app.published = true;
    app.listed = event.listed;
  });
}

void evolve_one(Table& rows, const EventContext& context, const AppUnpublished& event) {
  change_app(rows, context, event.app_id, [](AppRow& app) { app.published = app.listed = false; });
}

void evolve_one(Table& rows, const EventContext& context, const AppWithdrawn& event) {
  change_app(rows, context, event.app_id, [&](AppRow& app) {
    app.withdrawn = true;
    app.withdrawn_at = context.recorded_at;
  });
}

void evolve_one(Table& rows, const EventContext&, const ScopesDefined& event) {
  for (const auto& scope : event.scopes)
    put_row(rows, state_keys::scope(scope.name), ScopeRow{scope.description, scope.privilege});
}

}  // namespace gatehouse
