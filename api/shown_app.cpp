#include "api/shown_app.hpp"

#include <utility>

#include "domain/gate.hpp"
#include "domain/governable_app.hpp"

namespace gatehouse::api {

std::optional<AppRow> shown_app(const State& state, const AppId& app_id) {
  auto app = state.app(app_id);
  if (!app || is_visible(*app, state.account_id()) || live_subscriptions_of(state, app_id, *app) > 0)
    return app;
  AppFacts withheld;
  withheld.name = app_id.value;
  withheld.level = app->facts.level;
  app->facts = std::move(withheld);
  return app;
}

}  // namespace gatehouse::api
