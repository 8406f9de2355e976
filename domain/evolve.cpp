#include <algorithm>

#include "domain/folds.hpp"
#include "domain/kept_view.hpp"
#include "domain/subscription_rows.hpp"
#include "domain/webhooks.hpp"

namespace gatehouse {

namespace {

bool hears_of_member(const Table& rows, const AccountId& account, const UserId& user) {
  if (account_hears_deauthorizations(rows, account))
    return true;
  const auto apps = apps_with_subscriptions(State(rows, account), user);
  return std::ranges::any_of(apps, [&](const AppId& app) { return app_hears_deauthorizations(rows, app); });
}

// Where somebody wants to hear of each subscription that an event ends without naming it, they are listed from what the rows were before it.
void open_listing_if_heard(Table& rows, const EventContext& context, const Event& event) {
  OpenListing listing;
  listing.account_id = context.stream;
  listing.account_version = context.account_version;
  bool heard = false;
  if (const auto* uninstalled = std::get_if<AppUninstalled>(&event)) {
    listing.app_id = uninstalled->app_id;
    heard = uninstalled->target == UninstallTarget::account && (account_hears_deauthorizations(rows, context.stream) ||
                                                                app_hears_deauthorizations(rows, uninstalled->app_id));
  } else if (const auto* removed = std::get_if<MemberRemoved>(&event)) {
    listing.user_id = removed->user_id;
    heard = hears_of_member(rows, context.stream, removed->user_id);
  }
  if (heard)
    open_listing(rows, std::move(listing));
}

}  // namespace

void evolve(Table& rows, const EventContext& context, const Event& event) {
  open_listing_if_heard(rows, context, event);
  KeepingTable keeping(rows, context.stream);
  Table& into = keeping.keeps_nothing() ? rows : keeping;
  std::visit([&](const auto& one) { evolve_one(into, context, one); }, event);
}

}  // namespace gatehouse
