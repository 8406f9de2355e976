// What operators did about events that a read model could not take (docs/operations.md), so that whoever audits the answers of then knows it. They
// stand in transparency_stream with what else the log says of itself; no rule depends on them.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>

#include "events/ids.hpp"

namespace gatehouse {

// The read model was to take the event once more, and what followed it in its stream.
struct ParkedEventRetried {
  std::string projection;
  std::uint32_t projection_version{};
  AccountId stream;
  std::uint64_t event_position{};
  std::string operator_id;  // who asked for it, as his token names him
};
BOOST_DESCRIBE_STRUCT(ParkedEventRetried, (), (projection, projection_version, stream, event_position, operator_id))

// The read model was to go on without the event.
struct ParkedEventSkipped {
  std::string projection;
  std::uint32_t projection_version{};
  AccountId stream;
  std::uint64_t event_position{};
  std::string operator_id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ParkedEventSkipped, (),
                      (projection, projection_version, stream, event_position, operator_id, reason))

}  // namespace gatehouse
