// Approving one request, or adding an app for some, switches pre-approval on for those selected (D8, D14). Where nobody needed approval before, that
// keeps everybody else from installing (R21): the command's result says so.
#pragma once
#include "domain/decide.hpp"

namespace gatehouse {

// For a decision about to be made on `state` that leaves pre-approval on for selected users: adds `warnings` to its result if it limits others.
void warn_of_limit(const State& state, const AppId& app_id, const AppRow& app, Decision& decision);

}  // namespace gatehouse
