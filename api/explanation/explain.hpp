// Why: a decision made again on the state of its moment, rule by rule, with every row that it looked at and the events that had set it.
#pragma once
#include "api/query.hpp"

namespace gatehouse::api {

// Of an event of the account.
[[nodiscard]] QueryResult explain_event(const QueryContext& context);
// Of an allowed or refused installation, now or as of then; as showInstallability decides it.
[[nodiscard]] QueryResult explain_installability(const QueryContext& context);

void append_event_explanation_schema(std::string& out);
void append_installability_explanation_schema(std::string& out);

}  // namespace gatehouse::api
