// Rows that the parts of the projection `webhooks` share: the endpoints it knows and who hears of an account or an app.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/archive.hpp"
#include "events/webhook_events.hpp"
#include "projections/projection.hpp"
#include "table/table.hpp"

namespace gatehouse {

template <class Row>
[[nodiscard]] Row webhook_row(std::string_view bytes) {
  auto row = unpack<Row>(bytes);
  if (!row)
    throw BrokenRow("a row of the webhooks cannot be read");
  return std::move(*row);
}

struct KnownEndpointRow {
  std::vector<std::string> event_types;
  EndpointStatus status{};
  std::uint64_t since{};         // position from which on it hears what happens
  std::uint64_t challenge_at{};  // Unix time in milliseconds; 0: not
  bool hurried{};  // somebody asked for the challenge: its answer brings forward what waits for another attempt
};
BOOST_DESCRIBE_STRUCT(KnownEndpointRow, (), (event_types, status, since, challenge_at, hurried))

[[nodiscard]] std::optional<KnownEndpointRow> known_endpoint(const TableReader& rows, const EndpointName& endpoint);

// One of those who hear of an account, or of an app.
struct Listener {
  EndpointName endpoint;
  std::vector<std::string> event_types;
  std::uint64_t since{};
};
BOOST_DESCRIBE_STRUCT(Listener, (), (endpoint, event_types, since))
struct ListenersRow {
  std::vector<Listener> listeners;
};
BOOST_DESCRIBE_STRUCT(ListenersRow, (), (listeners))

[[nodiscard]] std::vector<Listener> listeners_to_account(const TableReader& rows, const AccountId& account);
[[nodiscard]] std::vector<Listener> listeners_to_app(const TableReader& rows, const AppId& app);

// Each writes every row that follows from it.
void put_endpoint(Table& rows, const EndpointName& endpoint, const KnownEndpointRow& known);
void erase_endpoint(Table& rows, const EndpointName& endpoint);

// Erases every row whose key begins with the prefix.
void erase_below(Table& rows, const std::string& prefix);

inline constexpr char endpoint_tag = 'E';
inline constexpr char account_listeners_tag = 'A';
inline constexpr char app_listeners_tag = 'P';
inline constexpr char challenge_tag = 'C';  // by time

}  // namespace gatehouse
