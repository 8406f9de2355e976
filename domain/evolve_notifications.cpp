// Folds of what was recorded of notifications: what is still to be done of each, so that recording it twice does nothing.
#include <algorithm>

#include "domain/folds.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

template <class Change>
void change_notification(Table& rows, const EventContext& context, const AccountId& account, const NotificationId& id,
                         Change change) {
  auto row = State(rows, account).notification(id);
  if (!row)
    return;
  change(*row);
  row->version = context.account_version;
  put_row(rows, state_keys::notification(account, id), *row);
}

void close_for(NotificationRow& row, const UserId& user) { std::erase(row.open, user); }

}  // namespace

void evolve_one(Table& rows, const EventContext& context, const NotificationQueued& event) {
  put_row(rows, state_keys::notification(event.account_id, event.notification_id),
          NotificationRow{.kind = event.kind,
                          .app_id = event.app_id,
                          .request_id = event.request_id,
                          .open = event.recipients,
                          .version = context.account_version});
}

void evolve_one(Table& rows, const EventContext& context, const NotificationSent& event) {
  change_notification(rows, context, event.account_id, event.notification_id,
                      [&](NotificationRow& row) { close_for(row, event.user_id); });
}

void evolve_one(Table& rows, const EventContext& context, const NotificationFailed& event) {
  if (event.retry_at.unix_ms != 0)
    return;
  change_notification(rows, context, event.account_id, event.notification_id,
                      [&](NotificationRow& row) { close_for(row, event.user_id); });
}

void evolve_one(Table& rows, const EventContext& context, const NotificationSuppressed& event) {
  if (!event.user_id.empty()) {
    return change_notification(rows, context, event.account_id, event.notification_id,
                               [&](NotificationRow& row) { close_for(row, event.user_id); });
  }
  put_row(rows, state_keys::notification(event.account_id, event.notification_id),
          NotificationRow{.kind = event.kind,
                          .app_id = event.app_id,
                          .request_id = event.request_id,
                          .open = {},
                          .version = context.account_version});
}

// Nothing that a decision reads: the projection of what is due forgets the event.
void evolve_one(Table&, const EventContext&, const SettledRequestsNotified&) {}

}  // namespace gatehouse
