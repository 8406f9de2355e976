// Lines of the server's log about read models: what was parked, what stopped, what came of a rebuild.
#pragma once
#include "api/structured_log.hpp"
#include "replay/incident.hpp"

namespace gatehouse::api {

// The log outlives it.
[[nodiscard]] IncidentSink incident_lines(const StructuredLog& lines);

}  // namespace gatehouse::api
