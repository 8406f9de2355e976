// Installations. Members see their own and the account's; V sees all.
#include "projections/subscriptions.hpp"

#include "api/queries/answers.hpp"
#include "api/queries/listing.hpp"
#include "api/queries/queries.hpp"
#include "api/shown_app.hpp"

namespace gatehouse::api {

namespace {

SubscriptionItem item_of(const State& state, const ListedSubscription& listed) {
  const auto& [app_id, subscription] = listed;
  const auto& row = subscription.row;
  SubscriptionItem item;
  item.subscription_id = row.subscription_id;
  item.app_id = app_id;
  if (const auto app = shown_app(state, app_id))
    item.app_name = app->facts.name;
  item.scope = row.scope;
  item.user_id = subscription.user_id;
  item.credentials = row.credentials;
  item.state = state_of(subscription);
  item.causes = subscription.causes;
  item.installed_by = row.installed_by;
  item.installed_at = row.installed_at;
  item.granted_scopes = row.granted_scopes;
  item.orphaned = subscription.orphaned;
  if (!subscription.live) {
    item.ended_cause = row.ended_cause;
    item.ended_at = row.ended_at;
  }
  return item;
}

}  // namespace

QueryResult list_subscriptions(const QueryContext& context) {
  SubscriptionFilter filter{.app_id = {},
                            .user_id = {},
                            .state = context.parameters.choice<SubscriptionState>("state"),
                            .credentials = context.parameters.choice<Credentials>("credentials"),
                            .scope = context.parameters.choice<SubscriptionScope>("scope")};
  if (const auto app = context.parameters.text("app_id"))
    filter.app_id = AppId{*app};
  if (const auto user = context.parameters.text("user_id"))
    filter.user_id = *user == "me" ? context.access.caller.user_id() : UserId{*user};
  if (!context.access.view) {
    const auto self = context.access.caller.user_id();
    if (filter.user_id && *filter.user_id != self)
      return tl::unexpected(privilege_required("MarketPlace:Read"));
    if (filter.scope != SubscriptionScope::account)
      filter.user_id = self;
  }
  const auto page = subscriptions_page(context.state, filter, cursor_of(context), context.page.size);
  auto answer = list_answer(context, page.items, page.next, [&](std::string& out, const ListedSubscription& listed) {
    append_json(out, item_of(context.state, listed));
  });
  answer.catalogue = context.catalogue_position;
  if (!context.access.view)
    answer.caller = context.access.caller.user_id();
  return answer;
}

}  // namespace gatehouse::api
