// New request bodies from bodies that can be read: commands put together, left out and put in another order, members left out and given values that
// the company knows. Bytes changed blindly seldom leave a body that a command is read from.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::fuzz {

// Nothing when the body is no JSON object or the new one would be too long. The same seed makes the same change.
[[nodiscard]] std::optional<std::string> change_body(std::string_view body, std::size_t bytes_max, std::uint32_t seed);

// The commands of both, in one batch.
[[nodiscard]] std::optional<std::string> join_bodies(std::string_view first, std::string_view second, std::size_t bytes_max);

}  // namespace gatehouse::fuzz
