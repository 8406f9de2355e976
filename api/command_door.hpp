// Commands come through two doors, an account's and the platform's: accounts and scopes are the platform's alone, apps and their webhook endpoints go through either,
// everything else is an account's.
#pragma once
#include <optional>

#include "api/command_json.hpp"

namespace gatehouse::api {

// Why this door takes none of the batch; names the first command that does not fit.
[[nodiscard]] std::optional<UnreadableCommand> check_door(const CommandBatch& batch, bool platform_door);

}  // namespace gatehouse::api
