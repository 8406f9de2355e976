// What operators see of a projection.
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "events/envelope.hpp"
#include "replay/fold_failure.hpp"
#include "replay/rebuild_status.hpp"

namespace gatehouse {

// inline_: changes with every commit, never behind. rebuilding: rows of this version are being made; until they are there those of the former
// serve where there are any, and stay as they are.
BOOST_DEFINE_FIXED_ENUM_CLASS(ProjectionState, std::uint8_t, inline_, following, rebuilding, failed)

struct ProjectionStatus {
  std::string name;
  std::uint32_t version{};
  ProjectionState state{};
  Position position;                  // of the rows that serve
  std::uint64_t lag{};                // events between them and the log's head
  std::uint64_t events_per_second{};  // applied lately
  std::uint64_t events_applied{};     // to the rows that serve, since the start
  std::optional<FoldFailure> last_error;
  std::uint64_t parked{};                     // streams, because of an event that failed
  std::optional<Timestamp> parked_since;      // of the one that is parked for longest
  std::optional<Position> kept;               // rows that can be gone back to, and how far they are
  std::optional<RebuildStatus> rebuild;       // under way
  std::optional<RebuildResult> last_rebuild;  // since the start
};

}  // namespace gatehouse
