// The rule behind a refusal, in words and in the positive: what must hold, so that whoever audits a decision can read which rules it was held to.
#pragma once
#include <string_view>

#include "domain/rejection.hpp"

namespace gatehouse {

// One short sentence in the present tense, no two codes the same. Where a code is given for several things, it covers them all.
[[nodiscard]] std::string_view rule_of(RejectionCode code);

}  // namespace gatehouse
