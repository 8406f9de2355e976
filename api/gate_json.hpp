// The gate's answer in JSON: which conditions are not met, the same in a refused installation and in a query.
#pragma once
#include <string>
#include <vector>

#include "domain/gate.hpp"

namespace gatehouse::api {

// A list of {"code", "step", "missing_scopes"?, "request_id"?}, in the order of the gate's steps.
void append_unmet(std::string& out, const std::vector<Unmet>& unmet);

}  // namespace gatehouse::api
