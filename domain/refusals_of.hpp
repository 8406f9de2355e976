// Which rules each command is held to: a table of the codes that decide() may refuse it with, for documents and for whoever audits a decision. The
// table is written by hand beside the rules; tests hold every refusal that is given against it.
#pragma once
#include <span>

#include "domain/commands.hpp"
#include "domain/rejection.hpp"

namespace gatehouse {

// Every code that decide() may refuse the command with, each once, in the order in which its rule looks at them: who asks (authority.hpp), If-Match
// (target_version.hpp), then the command's own rule. It depends on the kind of command alone, not on its members. Valid for ever.
[[nodiscard]] std::span<const RejectionCode> refusals_of(const Command& command);

}  // namespace gatehouse
