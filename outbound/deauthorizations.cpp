#include "outbound/deauthorizations.hpp"

#include <string>

#include "domain/kept_view.hpp"
#include "projections/subscriptions.hpp"
#include "projections/webhooks.hpp"

namespace gatehouse::outbound {

namespace {

constexpr std::size_t listed_together = page_items_max;

EndedSubscription ended_of(const ListedSubscription& listed) {
  const auto& row = listed.subscription.row;
  return {.app_id = listed.app_id,
          .user_id = listed.subscription.user_id,
          .subscription_id = row.subscription_id,
          .credentials = row.credentials,
          .installed_by = row.installed_by};
}

Position position_of(const EventLog& log, const OpenListing& listing) {
  const auto page = log.read_stream(listing.account_id, listing.account_version - 1, 1);
  return page.events.empty() ? Position{} : page.events.front().position;
}

// Pages may be empty and still not be the last.
RecordDeauthorizations next_of(const TableReader& rows, const OpenListing& listing) {
  const KeptView before(rows, listing);
  const State state(before, listing.account_id);
  SubscriptionFilter filter;
  if (!listing.app_id.empty())
    filter.app_id = listing.app_id;
  if (!listing.user_id.empty())
    filter.user_id = listing.user_id;
  RecordDeauthorizations command;
  command.account_version = listing.account_version;
  auto cursor = listing.started ? subscription_cursor(listing.last_app, listing.last_user) : std::string();
  do {
    const auto page = subscriptions_page(state, filter, cursor, listed_together);
    for (const auto& listed : page.items) {
      if (listed.subscription.live)
        command.ended.push_back(ended_of(listed));
    }
    cursor = page.next;
  } while (command.ended.empty() && !cursor.empty());
  command.complete = cursor.empty();
  return command;
}

}  // namespace

std::optional<std::pair<AccountId, Command>> next_deauthorizations(const EventLog& log, const TableReader& webhooks) {
  const auto state = log.state();
  const auto open = open_listings(*state);
  if (!open.empty()) {
    auto command = next_of(*state, open.front());
    command.position = position_of(log, open.front()).value;
    return std::pair{open.front().account_id, Command(std::move(command))};
  }
  // A lane must not wait for a list that nobody makes.
  const auto unlisted = first_unlisted_event(webhooks);
  if (!unlisted)
    return std::nullopt;
  return std::pair{unlisted->account_id, Command(RecordDeauthorizations{.account_version = unlisted->account_version,
                                                                        .position = unlisted->position,
                                                                        .ended = {},
                                                                        .complete = true})};
}

}  // namespace gatehouse::outbound
