// The AuthZEN endpoints, one function each, named in the route table.
#pragma once
#include "api/query.hpp"

namespace gatehouse::api::authzen {

[[nodiscard]] QueryResult evaluate(const QueryContext& context);
[[nodiscard]] QueryResult evaluate_batch(const QueryContext& context);
[[nodiscard]] QueryResult search_subjects(const QueryContext& context);
[[nodiscard]] QueryResult search_resources(const QueryContext& context);
[[nodiscard]] QueryResult search_actions(const QueryContext& context);

}  // namespace gatehouse::api::authzen
