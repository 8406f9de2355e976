// The log of an endpoint's deliveries: each message with its attempts, newest first. The last thousand are kept.
#pragma once
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/timestamp.hpp"
#include "events/webhook_events.hpp"
#include "projections/page.hpp"
#include "table/table.hpp"

namespace gatehouse {

inline constexpr std::size_t webhook_deliveries_kept = 1'000;  // of each endpoint
inline constexpr std::size_t webhook_attempts_kept = 20;       // of each message, the latest

BOOST_DEFINE_FIXED_ENUM_CLASS(DeliveryStatus, std::uint8_t, retrying, delivered, failed)

struct DeliveryAttempt {
  Timestamp at;
  std::uint32_t number{};
  std::uint32_t status{};  // of the HTTP answer; 0: there was none
  std::uint32_t milliseconds{};
  std::string reason;  // of a failed one
};
BOOST_DESCRIBE_STRUCT(DeliveryAttempt, (), (at, number, status, milliseconds, reason))

struct DeliveryRow {
  std::string message_id;
  MessagePlace source;
  std::string event_type;
  DeliveryStatus status{};
  Timestamp retry_at;  // of one that is retried; else 0
  std::vector<DeliveryAttempt> attempts;
  SubscriptionId subscription_id;  // of form deauthorized, as are the others
  Credentials credentials{};
  UserId installed_by;
};
BOOST_DESCRIBE_STRUCT(DeliveryRow, (),
                      (message_id, source, event_type, status, retry_at, attempts, subscription_id, credentials,
                       installed_by))

[[nodiscard]] std::optional<DeliveryRow> find_delivery(const TableReader& rows, const EndpointId& endpoint,
                                                       std::string_view message_id);
[[nodiscard]] Page<DeliveryRow> deliveries_page(const TableReader& rows, const EndpointId& endpoint,
                                                std::optional<DeliveryStatus> status, std::string_view cursor,
                                                std::size_t page_size);

namespace webhook_deliveries {

inline constexpr char by_age_tag = 'D';
inline constexpr char by_id_tag = 'd';
inline constexpr char oldest_first_tag = 'o';

// Adds the delivery, or replaces it; the oldest one beyond those that are kept goes.
void put(Table& rows, const EndpointId& endpoint, const DeliveryRow& delivery);
void erase_all(Table& rows, const EndpointId& endpoint);

}  // namespace webhook_deliveries

}  // namespace gatehouse
