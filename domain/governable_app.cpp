#include "domain/governable_app.hpp"

#include "domain/refusals.hpp"
#include "domain/subscription.hpp"

namespace gatehouse {

tl::expected<AppRow, Rejection> pre_approvable_app(const State& state, const AppId& app_id) {
  auto app = governed_or_visible_app(state, app_id);
  if (app && app->facts.level == ManagementLevel::account) {
    return refuse(RejectionCode::account_level_app,
                  "Administrators can only agree to user-level apps; an account-level app is installed for the account "
                  "instead.");
  }
  return app;
}

tl::expected<AppRow, Rejection> openable_app(const State& state, const AppId& app_id) {
  auto app = pre_approvable_app(state, app_id);
  if (!app) return app;
  if (app->withdrawn) return refuse(RejectionCode::app_withdrawn, "The app was withdrawn from the marketplace.");
  if (!is_visible(*app, state.account_id())) {
    return refuse(RejectionCode::app_not_available, "The app is not published any more.");
  }
  return app;
}

std::optional<Rejection> refuse_unless_activated_or_installed(const State& state, const AppId& app_id,
                                                              const AppRow& app) {
  const bool own = app.developer == DeveloperKind::account && app.developer_account_id == state.account_id();
  if ((own && app.activated) || live_subscriptions_of(state, app_id, app) > 0) return std::nullopt;
  return Rejection{.code = RejectionCode::app_not_activated_or_installed,
                   .detail = "The app must be activated (one of the account's own) or installed by somebody on the "
                             "account before its audience can be limited."};
}

std::uint64_t live_subscriptions_of(const State& state, const AppId& app_id, const AppRow& app) {
  const auto account = state.account();
  return app.withdrawn || !account ? 0 : live_subscriptions(*account, state.governed_app(app_id));
}

std::uint64_t newly_suspended(const State& state, const AppId& app_id, const AppRow& app) {
  const auto live = live_subscriptions_of(state, app_id, app);
  const auto suspended = suspended_subscriptions(state.governed_app(app_id));
  return live > suspended ? live - suspended : 0;
}

}  // namespace gatehouse
