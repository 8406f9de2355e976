// What commands answered besides their events, as the log keeps it for a repetition with the same idempotency key.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decide.hpp"

namespace gatehouse {

[[nodiscard]] std::string store_results(const std::vector<CommandResult>& results);
// Nothing when the bytes are not what store_results() made.
[[nodiscard]] std::optional<std::vector<CommandResult>> load_results(std::string_view bytes);

}  // namespace gatehouse
