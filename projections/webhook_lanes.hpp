// The queues of the projection `webhooks`: a lane for each endpoint and account, whose first message is the one that goes next, and the index by time
// that says which endpoint has a lane to be looked at. A lane waits while a list of its first event is not complete, and all lanes of an endpoint
// that is not active.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "events/timestamp.hpp"
#include "events/webhook_events.hpp"
#include "table/table.hpp"

namespace gatehouse::webhook_lanes {

// A message to be sent; its place is its key. A barrier holds the place of those that a list will name.
struct QueuedRow {
  bool barrier{};
  MessagePlace source;  // of the message the first time it was due
  std::string message_id;
  std::string event_type;
  SubscriptionId subscription_id;  // of form deauthorized, as are the others
  Credentials credentials{};
  UserId installed_by;
};
BOOST_DESCRIBE_STRUCT(QueuedRow, (),
                      (barrier, source, message_id, event_type, subscription_id, credentials, installed_by))

// due_at: Unix time in milliseconds; 0 while the lane is held by a barrier.
struct LaneRow {
  std::uint64_t due_at{};
  std::uint32_t attempt{};  // the next one
};
BOOST_DESCRIBE_STRUCT(LaneRow, (), (due_at, attempt))

struct CountersRow {
  std::uint64_t waiting{};
  std::uint64_t logged{};    // deliveries in the log
  std::uint64_t ready_at{};  // as the index by time has it; 0: it does not
};
BOOST_DESCRIBE_STRUCT(CountersRow, (), (waiting, logged, ready_at))

inline constexpr char queued_tag = 'Q';
inline constexpr char lane_tag = 'L';
inline constexpr char lane_by_time_tag = 'K';
inline constexpr char endpoint_by_time_tag = 'X';
inline constexpr char counters_tag = 'e';
inline constexpr char total_tag = 'N';

// Of all endpoints.
struct TotalRow {
  std::uint64_t waiting{};
};
BOOST_DESCRIBE_STRUCT(TotalRow, (), (waiting))

[[nodiscard]] std::string queued_key(const EndpointId& endpoint, const MessagePlace& place);
[[nodiscard]] std::string queued_prefix(const EndpointId& endpoint, const AccountId& account);
[[nodiscard]] std::string lanes_by_time(const EndpointId& endpoint);
[[nodiscard]] CountersRow counters_of(const TableReader& rows, const EndpointId& endpoint);
void put_counters(Table& rows, const EndpointId& endpoint, const CountersRow& counters);
[[nodiscard]] std::uint64_t all_waiting(const TableReader& rows);

// The lane's first message.
struct Head {
  MessagePlace place;
  QueuedRow row;
};
[[nodiscard]] std::optional<Head> head_of(const TableReader& rows, const EndpointId& endpoint,
                                          const AccountId& account);

// The message that stands after this place.
[[nodiscard]] std::optional<Head> next_of(const TableReader& rows, const EndpointId& endpoint,
                                          const MessagePlace& after);
// Of the first message, from 1.
[[nodiscard]] std::uint32_t next_attempt(const TableReader& rows, const EndpointId& endpoint, const AccountId& account);

void enqueue(Table& rows, const EndpointName& endpoint, const MessagePlace& place, const QueuedRow& row, Timestamp now);
// Takes the message out; nothing when it is not there. After the lane's first one the next is due at once.
std::optional<QueuedRow> dequeue(Table& rows, const EndpointName& endpoint, const MessagePlace& place, Timestamp now);
// The same message once more, later.
void retry(Table& rows, const EndpointName& endpoint, const AccountId& account, Timestamp due_at,
           std::uint32_t attempt);
// What waits for its next attempt has it now. O(the endpoint's lanes that wait).
void hurry(Table& rows, const EndpointName& endpoint, Timestamp now);
// Puts the endpoint into the index by time, or takes it out.
void set_ready(Table& rows, const EndpointName& endpoint, bool active);
void erase_all(Table& rows, const EndpointName& endpoint);

}  // namespace gatehouse::webhook_lanes
