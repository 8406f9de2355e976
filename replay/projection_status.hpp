// What operators see of a projection.
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "events/envelope.hpp"
#include "replay/fold_failure.hpp"
#include "replay/work_progress.hpp"

namespace gatehouse {

// inline_: changes with every commit, never behind. rebuilding: a fresh generation is being made; until it is complete the former rows
// serve where there are any, and stay as they are.
BOOST_DEFINE_FIXED_ENUM_CLASS(ProjectionState, std::uint8_t, inline_, following, rebuilding, failed)

struct ProjectionStatus {
  std::string name;
  std::uint32_t version{};
  ProjectionState state{};
  Position position;       // of the rows that serve
  std::uint64_t lag{};     // events between them and the log's head
  std::uint64_t events_per_second{};  // applied lately
  std::optional<FoldFailure> last_error;
  std::optional<WorkProgress> rebuild;
};

}  // namespace gatehouse
