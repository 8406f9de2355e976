#include "projections/webhook_deliveries.hpp"

#include "projections/listed_page.hpp"
#include "projections/webhook_lanes.hpp"
#include "projections/webhook_rows.hpp"
#include "table/key.hpp"

namespace gatehouse {

namespace {

using namespace webhook_deliveries;

std::string message_key(Key key, const MessagePlace& source) {
  return std::move(key)
      .number(static_cast<std::uint64_t>(source.form))
      .text(source.app_id.value)
      .text(source.user_id.value)
      .take();
}
std::string by_age(const EndpointId& endpoint, const MessagePlace& source) {
  return message_key(Key(by_age_tag).text(endpoint.value).descending(source.position), source);
}
std::string oldest_first(const EndpointId& endpoint, const MessagePlace& source) {
  return message_key(Key(oldest_first_tag).text(endpoint.value).number(source.position), source);
}
std::string by_id(const EndpointId& endpoint, std::string_view message_id) {
  return Key(by_id_tag).text(endpoint.value).text(message_id).take();
}

void erase_oldest(Table& rows, const EndpointId& endpoint) {
  std::string index;
  std::string message_id;
  rows.scan(Key(oldest_first_tag).text(endpoint.value).take(), [&](std::string_view key, std::string_view value) {
    index = key;
    message_id = value;
    return false;
  });
  const auto id_key = by_id(endpoint, message_id);
  if (const auto key = rows.get(id_key))
    rows.erase(*key);
  rows.erase(id_key);
  rows.erase(index);
}

}  // namespace

std::optional<DeliveryRow> find_delivery(const TableReader& rows, const EndpointId& endpoint,
                                         std::string_view message_id) {
  if (message_id.find('\0') != std::string_view::npos)
    return std::nullopt;
  const auto key = rows.get(by_id(endpoint, message_id));
  const auto value = key ? rows.get(*key) : std::nullopt;
  return value ? std::optional(webhook_row<DeliveryRow>(*value)) : std::nullopt;
}

Page<DeliveryRow> deliveries_page(const TableReader& rows, const EndpointId& endpoint,
                                  std::optional<DeliveryStatus> status, std::string_view cursor,
                                  std::size_t page_size) {
  const auto prefix = Key(by_age_tag).text(endpoint.value).take();
  return page_below<DeliveryRow>(rows, prefix, cursor, page_size, [&](const RowCursor& listed) {
    std::optional<DeliveryRow> delivery = webhook_row<DeliveryRow>(listed.value());
    if (status && delivery->status != *status)
      delivery.reset();
    return delivery;
  });
}

namespace webhook_deliveries {

void put(Table& rows, const EndpointId& endpoint, const DeliveryRow& delivery) {
  const auto key = by_age(endpoint, delivery.source);
  const auto id_key = by_id(endpoint, delivery.message_id);
  const bool added = !rows.get(id_key);
  rows.put(key, pack(delivery));
  if (!added)
    return;
  rows.put(id_key, key);
  rows.put(oldest_first(endpoint, delivery.source), delivery.message_id);
  auto counters = webhook_lanes::counters_of(rows, endpoint);
  ++counters.logged;
  if (counters.logged > webhook_deliveries_kept) {
    erase_oldest(rows, endpoint);
    --counters.logged;
  }
  webhook_lanes::put_counters(rows, endpoint, counters);
}

void erase_all(Table& rows, const EndpointId& endpoint) {
  for (const char tag : {by_age_tag, by_id_tag, oldest_first_tag})
    erase_below(rows, Key(tag).text(endpoint.value).take());
}

}  // namespace webhook_deliveries

}  // namespace gatehouse
