// Which messages an event means: one in each form that somebody wants to hear. An event that ends installations without naming them holds the lane
// until later events have listed them.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>

#include "events/envelope.hpp"
#include "events/event.hpp"
#include "table/table.hpp"

namespace gatehouse {

inline constexpr char barrier_tag = 'B';  // by the event of the account, and the endpoint whose lane it holds

struct BarrierRow {
  EndpointName endpoint;
  std::uint64_t account_version{};
};
BOOST_DESCRIBE_STRUCT(BarrierRow, (), (endpoint, account_version))

void queue_messages(Table& rows, const Envelope& envelope, const Event& event);
void queue_listed(Table& rows, const Envelope& envelope, const DeauthorizationsListed& event);

// An event whose list of deauthorizations is not complete for some endpoint.
struct UnlistedEvent {
  AccountId account_id;
  std::uint64_t account_version{};
  std::uint64_t position{};
};
[[nodiscard]] std::optional<UnlistedEvent> first_unlisted_event(const TableReader& rows);

}  // namespace gatehouse
