// The pages that the member `type` of problem documents points to.
#pragma once
#include <string>

#include "api/problem_kinds.hpp"

namespace gatehouse::api {

[[nodiscard]] std::string problem_page(const ProblemKind& kind);
[[nodiscard]] std::string problems_page();

}  // namespace gatehouse::api
