// What if: commands tried on the present, or on the past, without anything being appended.
#pragma once
#include "api/query.hpp"

namespace gatehouse::api {

// The body is that of a command request. Answers the events that there would be, or why the commands would be refused, and who would gain or lose
// the right to install what, and which installations would stop or start.
[[nodiscard]] QueryResult simulate(const QueryContext& context);
void append_simulation_schema(std::string& out);

}  // namespace gatehouse::api
