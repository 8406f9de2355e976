// What happened while rows were followed or made anew that operators are to have a line about in the server's log. No reasons of events that failed:
// whoever wants those asks for what is parked.
#pragma once
#include <functional>
#include <string>
#include <variant>

#include "replay/fold_failure.hpp"
#include "replay/parked_stream.hpp"
#include "replay/rebuild_status.hpp"

namespace gatehouse {

// For the first time, or again.
struct StreamParked {
  std::string projection;
  ParkedStream parked;
};
struct StreamGoesOn {
  std::string projection;
  AccountId stream;
};
// Nothing goes on in these rows.
struct ProjectionStopped {
  std::string projection;
  FoldFailure failure;
};
struct RebuildEnded {
  std::string projection;
  RebuildResult result;
};
using Incident = std::variant<StreamParked, StreamGoesOn, ProjectionStopped, RebuildEnded>;

// Called on the threads that do the work; quick.
using IncidentSink = std::function<void(const Incident&)>;

}  // namespace gatehouse
