#include "projections/webhooks.hpp"

#include <array>
#include <utility>

#include "projections/due_times.hpp"
#include "projections/row_text.hpp"
#include "projections/webhook_messages.hpp"
#include "projections/webhook_rows.hpp"
#include "table/key.hpp"

namespace gatehouse {

namespace {

using webhook_lanes::QueuedRow;

std::uint64_t milliseconds(Timestamp time) { return static_cast<std::uint64_t>(time.unix_ms); }

class Fold {
 public:
  Fold(Table& rows, const Envelope& envelope) : rows_(rows), envelope_(envelope) {}

  void operator()(const WebhookEndpointRegistered& event) const {
    put_endpoint(rows_, event.endpoint,
                 {event.event_types, EndpointStatus::pending, envelope_.position.value, milliseconds(now()), true});
  }
  void operator()(const WebhookEndpointChanged& event) const {
    change(event.endpoint, [&](KnownEndpointRow& known) {
      known.event_types = event.event_types;
      if (event.challenge && known.status != EndpointStatus::disabled)
        challenge(known);
    });
  }
  void operator()(const WebhookEndpointEnabled& event) const {
    change(event.endpoint, [&](KnownEndpointRow& known) {
      known.since = envelope_.position.value;
      challenge(known);
    });
  }
  void operator()(const WebhookEndpointDisabled& event) const {
    change(event.endpoint, [&](KnownEndpointRow& known) {
      known.status = EndpointStatus::disabled;
      known.challenge_at = 0;
    });
  }
  void operator()(const WebhookEndpointRemoved& event) const {
    webhook_lanes::erase_all(rows_, event.endpoint);
    webhook_deliveries::erase_all(rows_, event.endpoint.endpoint_id);
    erase_endpoint(rows_, event.endpoint);
  }
  void operator()(const WebhookValidationRequested& event) const {
    change(event.endpoint, [&](KnownEndpointRow& known) {
      known.challenge_at = milliseconds(now());
      known.hurried = true;
    });
  }
  void operator()(const WebhookEndpointValidated& event) const {
    bool hurried = false;
    change(event.endpoint, [&](KnownEndpointRow& known) {
      hurried = std::exchange(known.hurried, false);
      known.status = EndpointStatus::active;
      known.challenge_at = milliseconds(now()) +
                           static_cast<std::uint64_t>(std::chrono::milliseconds(webhook_challenge_interval).count());
    });
    if (hurried)
      webhook_lanes::hurry(rows_, event.endpoint, now());
  }
  void operator()(const WebhookValidationFailed& event) const {
    change(event.endpoint, [&](KnownEndpointRow& known) { known.challenge_at = milliseconds(event.retry_at); });
  }

  void operator()(const WebhookResendRequested& event) const {
    const auto delivery = find_delivery(rows_, event.endpoint.endpoint_id, event.message_id);
    if (!delivery)
      return;
    auto place = delivery->source;
    place.position = envelope_.position.value;
    webhook_lanes::enqueue(rows_, event.endpoint, place,
                           {.barrier = false,
                            .source = delivery->source,
                            .message_id = delivery->message_id,
                            .event_type = delivery->event_type,
                            .subscription_id = delivery->subscription_id,
                            .credentials = delivery->credentials,
                            .installed_by = delivery->installed_by},
                           now());
  }
  void operator()(const WebhookDelivered& event) const {
    const auto queued = webhook_lanes::dequeue(rows_, event.endpoint, event.message, now());
    if (queued)
      log(event.endpoint, *queued, DeliveryStatus::delivered, {},
          {now(), event.attempt, event.status, event.milliseconds, {}});
  }
  void operator()(const WebhookDeliveryFailed& event) const {
    const bool last = event.retry_at.unix_ms == 0;
    const auto value = rows_.get(webhook_lanes::queued_key(event.endpoint.endpoint_id, event.message));
    if (!value)
      return;
    log(event.endpoint, webhook_row<QueuedRow>(*value), last ? DeliveryStatus::failed : DeliveryStatus::retrying,
        event.retry_at, {now(), event.attempt, event.status, event.milliseconds, event.reason});
    if (last)
      webhook_lanes::dequeue(rows_, event.endpoint, event.message, now());
    else
      webhook_lanes::retry(rows_, event.endpoint, event.message.account_id, event.retry_at, event.attempt + 1);
  }
  void operator()(const DeauthorizationsListed& event) const { queue_listed(rows_, envelope_, event); }
  template <class Other>
  void operator()(const Other&) const {}

 private:
  [[nodiscard]] Timestamp now() const { return envelope_.recorded_at; }

  template <class Change>
  void change(const EndpointName& endpoint, Change change_known) const {
    auto known = known_endpoint(rows_, endpoint);
    if (!known)
      return;
    change_known(*known);
    put_endpoint(rows_, endpoint, *known);
    webhook_lanes::set_ready(rows_, endpoint, known->status == EndpointStatus::active);
  }
  void challenge(KnownEndpointRow& known) const {
    known.status = EndpointStatus::pending;
    known.hurried = true;
    known.challenge_at = milliseconds(now());
  }

  void log(const EndpointName& endpoint, const QueuedRow& queued, DeliveryStatus status, Timestamp retry_at,
           DeliveryAttempt attempt) const {
    const auto& id = endpoint.endpoint_id;
    auto delivery = find_delivery(rows_, id, queued.message_id)
                        .value_or(DeliveryRow{.message_id = queued.message_id,
                                              .source = queued.source,
                                              .event_type = queued.event_type,
                                              .status = {},
                                              .retry_at = {},
                                              .attempts = {},
                                              .subscription_id = queued.subscription_id,
                                              .credentials = queued.credentials,
                                              .installed_by = queued.installed_by});
    delivery.status = status;
    delivery.retry_at = retry_at;
    // Of a message that is sent again the numbers go on.
    attempt.number = delivery.attempts.empty() ? 1 : delivery.attempts.back().number + 1;
    if (delivery.attempts.size() == webhook_attempts_kept)
      delivery.attempts.erase(delivery.attempts.begin());
    delivery.attempts.push_back(std::move(attempt));
    webhook_deliveries::put(rows_, id, delivery);
  }

  Table& rows_;
  const Envelope& envelope_;
};

}  // namespace

void WebhooksProjection::apply(Table& rows, const RecordedEvent& event) const {
  const auto* known = event.known();
  if (known == nullptr)
    return;
  queue_messages(rows, event.envelope, *known);
  std::visit(Fold(rows, event.envelope), *known);
}

std::span<const RowShape> WebhooksProjection::shapes() const {
  using namespace webhook_lanes;
  using namespace webhook_deliveries;
  static constexpr std::array<RowShape, 14> shapes{
      RowShape{endpoint_tag, "endpoint", "tt", row_text<KnownEndpointRow>},
      RowShape{account_listeners_tag, "listeners to account", "t", row_text<ListenersRow>},
      RowShape{app_listeners_tag, "listeners to app", "t", row_text<ListenersRow>},
      RowShape{challenge_tag, "due challenge", "nt"},
      RowShape{barrier_tag, "event to be listed", "tnt", row_text<BarrierRow>},
      RowShape{queued_tag, "queued message", "ttnntt", row_text<QueuedRow>},
      RowShape{lane_tag, "lane", "tt", row_text<webhook_lanes::LaneRow>},
      RowShape{lane_by_time_tag, "lane by time", "tnt"},
      RowShape{endpoint_by_time_tag, "endpoint by time", "nt"},
      RowShape{counters_tag, "counters of endpoint", "t", row_text<CountersRow>},
      RowShape{total_tag, "total", "t", row_text<TotalRow>},
      RowShape{by_age_tag, "delivery", "tdntt", row_text<DeliveryRow>},
      RowShape{by_id_tag, "delivery by id", "tt"},
      RowShape{oldest_first_tag, "delivery, oldest first", "tnntt"}};
  return shapes;
}

void visit_due_webhooks(const TableReader& rows, Timestamp now, const DueWebhookVisitor& visitor) {
  scan_due(rows, std::string(1, webhook_lanes::endpoint_by_time_tag), now,
           [&](std::string_view, std::string_view value) {
             const auto endpoint = webhook_row<EndpointName>(value);
             auto after = AfterDue::next_lane;
             scan_due(rows, webhook_lanes::lanes_by_time(endpoint.endpoint_id), now,
                      [&](std::string_view lane, std::string_view) {
                        if (!visitor.has_room(endpoint))
                          return false;
                        KeyParts parts(lane);
                        parts.text();
                        parts.number();
                        const AccountId account{parts.text()};
                        if (visitor.is_busy(endpoint, account))
                          return true;
                        auto head = webhook_lanes::head_of(rows, endpoint.endpoint_id, account);
                        const auto attempt = webhook_lanes::next_attempt(rows, endpoint.endpoint_id, account);
                        if (head)
                          after = visitor.visit({endpoint, std::move(*head), attempt});
                        return after == AfterDue::next_lane;
                      });
             return after != AfterDue::stop;
           });
}

std::vector<EndpointName> due_challenges(const TableReader& rows, Timestamp now, std::size_t count_max) {
  std::vector<EndpointName> due;
  scan_due(rows, std::string(1, challenge_tag), now, [&](std::string_view, std::string_view value) {
    due.push_back(webhook_row<EndpointName>(value));
    return due.size() < count_max;
  });
  return due;
}

std::optional<Timestamp> next_due_webhook(const TableReader& rows) {
  std::optional<Timestamp> first;
  for (const char tag : {webhook_lanes::endpoint_by_time_tag, challenge_tag}) {
    rows.scan(std::string(1, tag), [&](std::string_view key, std::string_view) {
      const Timestamp at{static_cast<std::int64_t>(KeyParts(key).number())};
      first = first ? std::min(*first, at) : at;
      return false;
    });
  }
  return first;
}

Timestamp next_challenge(const TableReader& rows, const EndpointName& endpoint) {
  const auto known = known_endpoint(rows, endpoint);
  return {known ? static_cast<std::int64_t>(known->challenge_at) : 0};
}

std::uint64_t waiting_webhooks(const TableReader& rows, const EndpointId& endpoint) {
  return webhook_lanes::counters_of(rows, endpoint).waiting;
}

std::uint64_t waiting_webhooks(const TableReader& rows) { return webhook_lanes::all_waiting(rows); }

}  // namespace gatehouse
