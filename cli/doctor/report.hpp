// How findings are told: a line each and one for what to do, or JSON; and what they come to.
#pragma once
#include <string>

#include "cli/doctor/finding.hpp"

namespace gatehouse::cli {

[[nodiscard]] Verdict worst_of(const Findings& findings);
// As monitoring programs take it: 0 ok, 1 warning, 2 wrong.
[[nodiscard]] int exit_code_of(Verdict verdict);

[[nodiscard]] std::string text_of(const Findings& findings);
// {"verdict", "findings": [{"check", "verdict", "seen", "advice"}]}, where advice is empty when all is well.
[[nodiscard]] std::string json_of(const Findings& findings);

}  // namespace gatehouse::cli
