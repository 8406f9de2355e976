#include "projections/webhook_messages.hpp"

#include <algorithm>

#include "domain/derived_id.hpp"
#include "domain/webhook_event_types.hpp"
#include "projections/webhook_lanes.hpp"
#include "projections/webhook_rows.hpp"
#include "table/key.hpp"

namespace gatehouse {

namespace {

using webhook_lanes::QueuedRow;

std::string barriers_of(const AccountId& account, std::uint64_t position) {
  return Key(barrier_tag).text(account.value).number(position).take();
}
std::string barrier_key(const AccountId& account, std::uint64_t position, const EndpointName& endpoint) {
  return Key(barrier_tag).text(account.value).number(position).text(endpoint.endpoint_id.value).take();
}

std::string message_id_of(const Uuid& event_id, const EndpointName& endpoint, const MessagePlace& place) {
  const auto form = std::to_string(static_cast<unsigned>(place.form));
  return "msg_" +
         derived_id(event_id, endpoint.endpoint_id.value + form, place.app_id.value + "/" + place.user_id.value);
}

// The endpoint that the event is about. It hears what happens, not what is done to itself.
const EndpointName* endpoint_of(const Event& event) {
  return std::visit(
      [](const auto& one) -> const EndpointName* {
        if constexpr (requires { one.endpoint; })
          return &one.endpoint;
        else
          return nullptr;
      },
      event);
}

class Queueing {
 public:
  Queueing(Table& rows, const Envelope& envelope) : rows_(rows), envelope_(envelope) {}

  void list(const DeauthorizationsListed& event) const {
    const auto barriers = barriers_at(event);
    for (const auto& ended : event.ended)
      tell_of(event, barriers, ended);
    if (!event.complete)
      return;
    for (const auto& barrier : barriers) {
      rows_.erase(barrier_key(event.account_id, event.position, barrier.endpoint));
      webhook_lanes::dequeue(rows_, barrier.endpoint, barrier_place(event.account_id, event.position), now());
    }
  }
  // What listeners hear of any event, in the forms that they want.
  void tell(const Event& event) const {
    if (envelope_.account_id == outbound_stream)
      return;
    if (envelope_.account_id == catalogue_stream) {
      if (const auto app = app_of_catalogue_event(event))
        tell_cloud_event(event, listeners_to_app(rows_, *app));
      return;
    }
    const auto listeners = listeners_to_account(rows_, envelope_.account_id);
    tell_cloud_event(event, listeners);
    tell_request(event, listeners);
    if (std::holds_alternative<MemberRemoved>(event))
      hold_for_list(listeners);
    if (const auto* uninstalled = std::get_if<AppUninstalled>(&event)) {
      for (const auto& heard_by : {listeners, listeners_to_app(rows_, uninstalled->app_id)}) {
        if (uninstalled->target == UninstallTarget::account)
          hold_for_list(heard_by);
        else
          tell_deauthorization(*uninstalled, heard_by);
      }
    }
  }

 private:
  [[nodiscard]] Timestamp now() const { return envelope_.recorded_at; }

  [[nodiscard]] MessagePlace place(MessageForm form) const {
    return {.account_id = envelope_.account_id,
            .position = envelope_.position.value,
            .form = form,
            .app_id = {},
            .user_id = {}};
  }
  static MessagePlace barrier_place(const AccountId& account, std::uint64_t position) {
    return {
        .account_id = account, .position = position, .form = MessageForm::deauthorized, .app_id = {}, .user_id = {}};
  }
  void enqueue(const EndpointName& endpoint, const MessagePlace& place, std::string_view type) const {
    QueuedRow row;
    row.source = place;
    row.message_id = message_id_of(envelope_.event_id, endpoint, place);
    row.event_type = type;
    webhook_lanes::enqueue(rows_, endpoint, place, row, now());
  }

  void tell_cloud_event(const Event& event, const std::vector<Listener>& listeners) const {
    if (listeners.empty())
      return;
    const auto type = cloud_event_type(name_of(event));
    const auto* concerned = endpoint_of(event);
    for (const auto& listener : listeners) {
      const bool concerns_itself = concerned != nullptr && *concerned == listener.endpoint;
      if (!concerns_itself && wants(listener.event_types, type))
        enqueue(listener.endpoint, place(MessageForm::cloud_event), type);
    }
  }
  void tell_request(const Event& event, const std::vector<Listener>& listeners) const {
    if (!std::holds_alternative<PreApprovalRequested>(event) && !std::holds_alternative<InstallRequested>(event))
      return;
    for (const auto& listener : listeners) {
      if (wants(listener.event_types, request_created_type))
        enqueue(listener.endpoint, place(MessageForm::request_created), request_created_type);
    }
  }
  void tell_deauthorization(const AppUninstalled& event, const std::vector<Listener>& listeners) const {
    auto where = place(MessageForm::deauthorized);
    where.app_id = event.app_id;
    where.user_id = event.user_id;
    for (const auto& listener : listeners) {
      if (!wants(listener.event_types, deauthorized_type))
        continue;
      QueuedRow row;
      row.source = where;
      row.message_id = message_id_of(envelope_.event_id, listener.endpoint, where);
      row.event_type = deauthorized_type;
      row.subscription_id = event.subscription_id;
      webhook_lanes::enqueue(rows_, listener.endpoint, where, row, now());
    }
  }

  // What follows in the lane waits until the list of this event is complete.
  void hold_for_list(const std::vector<Listener>& listeners) const {
    const auto where = barrier_place(envelope_.account_id, envelope_.position.value);
    for (const auto& listener : listeners) {
      if (!wants(listener.event_types, deauthorized_type))
        continue;
      QueuedRow row;
      row.barrier = true;
      row.source = where;
      webhook_lanes::enqueue(rows_, listener.endpoint, where, row, now());
      rows_.put(barrier_key(where.account_id, where.position, listener.endpoint),
                pack(BarrierRow{listener.endpoint, envelope_.account_version}));
    }
  }
  [[nodiscard]] std::vector<BarrierRow> barriers_at(const DeauthorizationsListed& event) const {
    std::vector<BarrierRow> barriers;
    rows_.scan(barriers_of(event.account_id, event.position), [&](std::string_view, std::string_view value) {
      barriers.push_back(webhook_row<BarrierRow>(value));
      return true;
    });
    return barriers;
  }
  void tell_of(const DeauthorizationsListed& event, const std::vector<BarrierRow>& barriers,
               const EndedSubscription& ended) const {
    const auto tell_one = [&](const EndpointName& endpoint, std::uint64_t position) {
      const MessagePlace source{event.account_id, event.position, MessageForm::deauthorized, ended.app_id,
                                ended.user_id};
      auto where = source;
      where.position = position;
      const QueuedRow row{.barrier = false,
                          .source = source,
                          .message_id = message_id_of(envelope_.event_id, endpoint, source),
                          .event_type = std::string(deauthorized_type),
                          .subscription_id = ended.subscription_id,
                          .credentials = ended.credentials,
                          .installed_by = ended.installed_by};
      webhook_lanes::enqueue(rows_, endpoint, where, row, now());
    };
    const auto holds = [&](const EndpointName& endpoint) {
      return std::ranges::find(barriers, endpoint, &BarrierRow::endpoint) != barriers.end();
    };
    for (const auto& barrier : barriers) {
      if (barrier.endpoint.app_id.empty() || barrier.endpoint.app_id == ended.app_id)
        tell_one(barrier.endpoint, event.position);
    }
    // A member's removal does not name the apps: theirs come into the queue now.
    for (const auto& listener : listeners_to_app(rows_, ended.app_id)) {
      if (!holds(listener.endpoint) && listener.since < event.position &&
          wants(listener.event_types, deauthorized_type))
        tell_one(listener.endpoint, envelope_.position.value);
    }
  }

  Table& rows_;
  const Envelope& envelope_;
};

}  // namespace

void queue_messages(Table& rows, const Envelope& envelope, const Event& event) { Queueing(rows, envelope).tell(event); }

void queue_listed(Table& rows, const Envelope& envelope, const DeauthorizationsListed& event) {
  Queueing(rows, envelope).list(event);
}

std::optional<UnlistedEvent> first_unlisted_event(const TableReader& rows) {
  std::optional<UnlistedEvent> first;
  rows.scan(std::string(1, barrier_tag), [&](std::string_view key, std::string_view value) {
    KeyParts parts(key);
    const AccountId account{parts.text()};
    first = UnlistedEvent{account, webhook_row<BarrierRow>(value).account_version, parts.number()};
    return false;
  });
  return first;
}

}  // namespace gatehouse
