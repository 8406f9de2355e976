#include "cli/duration.hpp"

#include <charconv>
#include <cstdint>

namespace gatehouse::cli {

namespace {

constexpr std::int64_t number_max = 1'000'000;

}  // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (error != std::errc{} || number <= 0 || number > number_max)
    return std::nullopt;
  if (unit == "s")
    return std::chrono::seconds{number};
  if (unit == "m")
    return std::chrono::minutes{number};
  if (unit == "h")
    return std::chrono::hours{number};
  if (unit == "d")
    return std::chrono::days{number};
  return std::nullopt;
}

}  // namespace gatehouse::cli
