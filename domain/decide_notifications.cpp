// What is recorded of notifications: whom a request's mail goes to (R33, R35, D17), and what became of it. Nothing here is refused because it was
// recorded already: the dispatcher repeats what it is not sure of.
#include <algorithm>

#include "domain/limits.hpp"
#include "domain/notification_receivers.hpp"
#include "domain/refusals.hpp"
#include "domain/request.hpp"
#include "domain/rules.hpp"

namespace gatehouse {

namespace {

Decision one_event(Event event) {
  Decision decision;
  decision.events.push_back({outbound_stream, std::move(event)});
  return decision;
}

bool is_older(Timestamp since, Timestamp now) {
  return now.unix_ms - since.unix_ms > std::chrono::milliseconds(limits::notification_age_max).count();
}

struct Receivers {
  std::vector<UserId> users;
  RecipientResolution resolution{};
};

// Nobody hears of a request that its own author took back.
bool has_verdict(RequestStatus status) {
  return status != RequestStatus::pending && status != RequestStatus::withdrawn;
}

std::optional<SuppressionReason> reason_against(const AccountRow& account, const RequestRow& request,
                                                NotificationKind kind, Timestamp now) {
  const bool created = kind == NotificationKind::request_created;
  if (!account.notifications_enabled)
    return SuppressionReason::disabled;
  if (created && request.status != RequestStatus::pending)
    return SuppressionReason::settled;
  if (is_older(created ? request.requested_at : request.decided_at, now))
    return SuppressionReason::too_old;
  return std::nullopt;
}

Receivers receivers_of(const State& state, const AccountRow& account, const RequestRow& request,
                       NotificationKind kind) {
  if (kind == NotificationKind::request_decided)
    return {{request.details.user_id}, RecipientResolution::requester};
  auto found = notification_receivers(state, account, limits::notification_users_max);
  return {std::move(found.users), found.automatic ? RecipientResolution::automatic : RecipientResolution::selected};
}

// Nothing when there is no such notification, or nothing of it is left to be done for the user.
std::optional<NotificationRow> open_notification(const State& state, const NotificationId& id, const UserId& user) {
  auto row = state.notification(id);
  if (row && std::ranges::find(row->open, user) == row->open.end())
    row.reset();
  return row;
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const QueueNotification& command) {
  const auto request = effective_request(state, command.request_id);
  const auto account = state.account();
  if (!request || !account)
    return refuse(RejectionCode::request_not_found, "There is no such request.");
  const auto id = notification_id_of(command.request_id, command.kind);
  const bool undecided = command.kind == NotificationKind::request_decided && !has_verdict(request->status);
  if (state.notification(id) || undecided)
    return Decision{};
  const auto& app = request->details.app_id;
  if (const auto reason = reason_against(*account, *request, command.kind, context.now)) {
    return one_event(NotificationSuppressed{.account_id = state.account_id(),
                                            .notification_id = id,
                                            .kind = command.kind,
                                            .app_id = app,
                                            .request_id = command.request_id,
                                            .user_id = {},
                                            .reason = *reason});
  }
  auto receivers = receivers_of(state, *account, *request, command.kind);
  return one_event(NotificationQueued{.account_id = state.account_id(),
                                      .notification_id = id,
                                      .kind = command.kind,
                                      .app_id = app,
                                      .request_id = command.request_id,
                                      .recipients = std::move(receivers.users),
                                      .resolution = receivers.resolution});
}

Decided decide_one(const State& state, const DecisionContext&, const RecordNotificationSent& command) {
  if (!open_notification(state, command.notification_id, command.user_id))
    return Decision{};
  return one_event(NotificationSent{state.account_id(), command.notification_id, command.user_id, command.message_id});
}

Decided decide_one(const State& state, const DecisionContext&, const RecordNotificationFailure& command) {
  if (!open_notification(state, command.notification_id, command.user_id))
    return Decision{};
  return one_event(NotificationFailed{.account_id = state.account_id(),
                                      .notification_id = command.notification_id,
                                      .user_id = command.user_id,
                                      .attempt = command.attempt,
                                      .reason = command.reason,
                                      .retry_at = command.retry_at.value_or(Timestamp{})});
}

Decided decide_one(const State& state, const DecisionContext&, const SuppressNotification& command) {
  const auto row = open_notification(state, command.notification_id, command.user_id);
  if (!row)
    return Decision{};
  return one_event(NotificationSuppressed{.account_id = state.account_id(),
                                          .notification_id = command.notification_id,
                                          .kind = row->kind,
                                          .app_id = row->app_id,
                                          .request_id = row->request_id,
                                          .user_id = command.user_id,
                                          .reason = command.reason});
}

Decided decide_one(const State& state, const DecisionContext&, const RecordSettledRequestsNotified& command) {
  return one_event(SettledRequestsNotified{state.account_id(), command.app_id, command.kind, command.settled_version});
}

}  // namespace gatehouse
