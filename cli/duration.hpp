// Durations as people write them: a number with s, m, h or d, such as 90m.
#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace gatehouse::cli {

// Nothing when it is none, or none above zero.
[[nodiscard]] std::optional<std::chrono::seconds> parse_duration(std::string_view text);

}  // namespace gatehouse::cli
