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

std::vector<std::pair<AccountId, Command>> next_deauthorizations(const EventLog& log, const TableReader& webhooks) {
  std::vector<std::pair<AccountId, Command>> commands;
  const auto state = log.state();
  for (const auto& listing : open_listings(*state)) {
    if (commands.size() == lists_together)
      return commands;
    auto command = next_of(*state, listing);
    command.position = position_of(log, listing).value;
    commands.emplace_back(listing.account_id, std::move(command));
  }
  if (!commands.empty())
    return commands;
  // A lane must not wait for a list that nobody makes.
  if (const auto unlisted = first_unlisted_event(webhooks)) {
    commands.emplace_back(unlisted->account_id, RecordDeauthorizations{.account_version = unlisted->account_version,
                                                                       .position = unlisted->position,
                                                                       .ended = {},
                                                                       .complete = true});
  }
  return commands;
}

}  // namespace gatehouse::outbound
