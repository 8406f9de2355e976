#include "projections/webhook_lanes.hpp"

#include <vector>

#include "events/archive.hpp"
#include "projections/webhook_rows.hpp"
#include "table/key.hpp"

namespace gatehouse::webhook_lanes {

namespace {

std::uint64_t milliseconds(Timestamp time) { return static_cast<std::uint64_t>(time.unix_ms); }

std::string lane_key(const EndpointId& endpoint, const AccountId& account) {
  return Key(lane_tag).text(endpoint.value).text(account.value).take();
}
std::string lane_by_time(const EndpointId& endpoint, std::uint64_t due_at, const AccountId& account) {
  return Key(lane_by_time_tag).text(endpoint.value).number(due_at).text(account.value).take();
}
std::string endpoint_by_time(std::uint64_t due_at, const EndpointId& endpoint) {
  return Key(endpoint_by_time_tag).number(due_at).text(endpoint.value).take();
}
std::string total_key() { return Key(total_tag).text("waiting").take(); }
std::string counters_key(const EndpointId& endpoint) { return Key(counters_tag).text(endpoint.value).take(); }

void put_all_waiting(Table& rows, std::uint64_t waiting) {
  if (waiting == 0)
    rows.erase(total_key());
  else
    rows.put(total_key(), pack(TotalRow{waiting}));
}

MessagePlace place_of(std::string_view key) {
  KeyParts parts(key);
  parts.text();
  MessagePlace place;
  place.account_id = AccountId{parts.text()};
  place.position = parts.number();
  place.form = static_cast<MessageForm>(parts.number());
  place.app_id = AppId{parts.text()};
  place.user_id = UserId{parts.text()};
  return place;
}

std::optional<Head> first_from(const TableReader& rows, const std::string& lane, const std::string& from) {
  std::optional<Head> head;
  rows.scan(lane, from, [&](std::string_view key, std::string_view value) {
    head = Head{place_of(key), webhook_row<QueuedRow>(value)};
    return false;
  });
  return head;
}

bool is_active(const TableReader& rows, const EndpointName& endpoint) {
  const auto known = known_endpoint(rows, endpoint);
  return known && known->status == EndpointStatus::active;
}

std::optional<LaneRow> lane_of(const TableReader& rows, const EndpointId& endpoint, const AccountId& account) {
  const auto value = rows.get(lane_key(endpoint, account));
  return value ? std::optional(webhook_row<LaneRow>(*value)) : std::nullopt;
}

void put_lane(Table& rows, const EndpointName& endpoint, const AccountId& account, std::optional<LaneRow> lane) {
  const auto& id = endpoint.endpoint_id;
  if (const auto before = lane_of(rows, id, account); before && before->due_at != 0)
    rows.erase(lane_by_time(id, before->due_at, account));
  if (!lane) {
    rows.erase(lane_key(id, account));
  } else {
    rows.put(lane_key(id, account), pack(*lane));
    if (lane->due_at != 0)
      rows.put(lane_by_time(id, lane->due_at, account), {});
  }
  set_ready(rows, endpoint, is_active(rows, endpoint));
}

// The lane as its first message wants it.
void restart_lane(Table& rows, const EndpointName& endpoint, const AccountId& account, Timestamp now) {
  const auto head = head_of(rows, endpoint.endpoint_id, account);
  if (!head)
    return put_lane(rows, endpoint, account, std::nullopt);
  put_lane(rows, endpoint, account, LaneRow{head->row.barrier ? 0 : milliseconds(now), 1});
}

}  // namespace

std::string queued_key(const EndpointId& endpoint, const MessagePlace& place) {
  return Key(queued_tag)
      .text(endpoint.value)
      .text(place.account_id.value)
      .number(place.position)
      .number(static_cast<std::uint64_t>(place.form))
      .text(place.app_id.value)
      .text(place.user_id.value)
      .take();
}

std::string queued_prefix(const EndpointId& endpoint, const AccountId& account) {
  return Key(queued_tag).text(endpoint.value).text(account.value).take();
}

std::string lanes_by_time(const EndpointId& endpoint) { return Key(lane_by_time_tag).text(endpoint.value).take(); }

CountersRow counters_of(const TableReader& rows, const EndpointId& endpoint) {
  const auto value = rows.get(counters_key(endpoint));
  return value ? webhook_row<CountersRow>(*value) : CountersRow{};
}

void put_counters(Table& rows, const EndpointId& endpoint, const CountersRow& counters) {
  rows.put(counters_key(endpoint), pack(counters));
}

std::uint64_t all_waiting(const TableReader& rows) {
  const auto value = rows.get(total_key());
  return value ? webhook_row<TotalRow>(*value).waiting : 0;
}

std::optional<Head> head_of(const TableReader& rows, const EndpointId& endpoint, const AccountId& account) {
  return first_from(rows, queued_prefix(endpoint, account), {});
}

std::optional<Head> next_of(const TableReader& rows, const EndpointId& endpoint, const MessagePlace& after) {
  return first_from(rows, queued_prefix(endpoint, after.account_id), queued_key(endpoint, after) + '\0');
}

std::uint32_t next_attempt(const TableReader& rows, const EndpointId& endpoint, const AccountId& account) {
  const auto lane = lane_of(rows, endpoint, account);
  return lane ? lane->attempt : 1;
}

void enqueue(Table& rows, const EndpointName& endpoint, const MessagePlace& place, const QueuedRow& row,
             Timestamp now) {
  const auto& id = endpoint.endpoint_id;
  rows.put(queued_key(id, place), pack(row));
  if (!row.barrier) {
    auto counters = counters_of(rows, id);
    ++counters.waiting;
    put_counters(rows, id, counters);
    put_all_waiting(rows, all_waiting(rows) + 1);
  }
  if (!lane_of(rows, id, place.account_id))
    put_lane(rows, endpoint, place.account_id, LaneRow{row.barrier ? 0 : milliseconds(now), 1});
}

std::optional<QueuedRow> dequeue(Table& rows, const EndpointName& endpoint, const MessagePlace& place, Timestamp now) {
  const auto key = queued_key(endpoint.endpoint_id, place);
  const auto value = rows.get(key);
  if (!value)
    return std::nullopt;
  auto row = webhook_row<QueuedRow>(*value);
  const auto head = head_of(rows, endpoint.endpoint_id, place.account_id);
  rows.erase(key);
  if (!row.barrier) {
    auto counters = counters_of(rows, endpoint.endpoint_id);
    --counters.waiting;
    put_counters(rows, endpoint.endpoint_id, counters);
    put_all_waiting(rows, all_waiting(rows) - 1);
  }
  if (head && head->place == place)
    restart_lane(rows, endpoint, place.account_id, now);
  return row;
}

void retry(Table& rows, const EndpointName& endpoint, const AccountId& account, Timestamp due_at,
           std::uint32_t attempt) {
  if (lane_of(rows, endpoint.endpoint_id, account))
    put_lane(rows, endpoint, account, LaneRow{milliseconds(due_at), attempt});
}

void hurry(Table& rows, const EndpointName& endpoint, Timestamp now) {
  std::vector<AccountId> waiting;
  rows.scan(lanes_by_time(endpoint.endpoint_id), [&](std::string_view key, std::string_view) {
    KeyParts parts(key);
    parts.text();
    if (parts.number() > milliseconds(now))
      waiting.emplace_back(parts.text());
    return true;
  });
  for (const auto& account : waiting)
    put_lane(rows, endpoint, account, LaneRow{milliseconds(now), next_attempt(rows, endpoint.endpoint_id, account)});
}

void set_ready(Table& rows, const EndpointName& endpoint, bool active) {
  const auto& id = endpoint.endpoint_id;
  std::uint64_t first = 0;
  if (active) {
    rows.scan(lanes_by_time(id), [&](std::string_view key, std::string_view) {
      KeyParts parts(key);
      parts.text();
      first = parts.number();
      return false;
    });
  }
  auto counters = counters_of(rows, id);
  if (counters.ready_at == first)
    return;
  if (counters.ready_at != 0)
    rows.erase(endpoint_by_time(counters.ready_at, id));
  if (first != 0)
    rows.put(endpoint_by_time(first, id), pack(endpoint));
  counters.ready_at = first;
  put_counters(rows, id, counters);
}

void erase_all(Table& rows, const EndpointName& endpoint) {
  set_ready(rows, endpoint, false);
  const auto& id = endpoint.endpoint_id.value;
  put_all_waiting(rows, all_waiting(rows) - counters_of(rows, endpoint.endpoint_id).waiting);
  erase_below(rows, Key(queued_tag).text(id).take());
  erase_below(rows, Key(lane_tag).text(id).take());
  erase_below(rows, lanes_by_time(endpoint.endpoint_id));
  rows.erase(counters_key(endpoint.endpoint_id));
}

}  // namespace gatehouse::webhook_lanes
