// Why a command did not run, as a problem: it could not be read, the rules refused it, or the server failed.
#pragma once
#include <cstddef>
#include <optional>
#include <span>

#include "api/command_json.hpp"
#include "api/problem.hpp"
#include "commands/command_service.hpp"
#include "domain/rejection.hpp"

namespace gatehouse::api {

// What a refused installation has status 403 for, whatever status the code has elsewhere.
[[nodiscard]] std::span<const RejectionCode> codes_forbidden_by_gate();
[[nodiscard]] Problem to_problem(const UnreadableCommand& unreadable);
// `command_index` is set for a command of a batch: pointers then begin at the batch.
[[nodiscard]] Problem to_problem(const Rejection& rejection, std::optional<std::size_t> command_index = std::nullopt);
[[nodiscard]] Problem to_problem(const Failed& failed);

}  // namespace gatehouse::api
