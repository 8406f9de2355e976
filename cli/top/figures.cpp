#include "cli/top/figures.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace gatehouse::cli::top {

namespace {

constexpr std::string_view nothing = "-";
constexpr double decimals_below = 10;

bool is_shown(Figure figure) { return figure && std::isfinite(*figure); }

std::string fixed(double number, int decimals) {
  std::array<char, 64> text{};
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, decimals);
  return error == std::errc{} ? std::string(text.data(), end) : std::string("?");
}

std::string grouped(double number) {
  auto text = fixed(std::round(number), 0);
  const auto first = text.starts_with('-') ? 1U : 0U;
  for (auto at = text.size(); at > first + 3; at -= 3)
    text.insert(at - 3, 1, ',');
  return text;
}

std::string short_number(double number) {
  const bool decimal = std::abs(number) < decimals_below && number != std::round(number);
  return decimal ? fixed(number, 1) : grouped(number);
}

std::string two_digits(long long number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::string count_text(Figure count) { return is_shown(count) ? grouped(*count) : std::string(nothing); }

std::string rate_text(Figure per_second) {
  return is_shown(per_second) ? short_number(*per_second) + "/s" : std::string(nothing);
}

std::string plain_text(Figure number) { return is_shown(number) ? short_number(*number) : std::string(nothing); }

std::string span_text(Figure seconds) {
  if (!is_shown(seconds))
    return std::string(nothing);
  if (*seconds >= 1)
    return short_number(*seconds) + "s";
  constexpr double per_second = 1'000;
  const auto milliseconds = *seconds * per_second;
  return milliseconds >= 1 ? short_number(milliseconds) + "ms" : grouped(milliseconds * per_second) + "us";
}

std::string bytes_text(Figure bytes) {
  if (!is_shown(bytes))
    return std::string(nothing);
  constexpr std::array<std::string_view, 5> units{"B", "KiB", "MiB", "GiB", "TiB"};
  constexpr double next_unit = 1'024;
  auto number = *bytes;
  std::size_t unit = 0;
  for (; number >= next_unit && unit + 1 < units.size(); ++unit)
    number /= next_unit;
  return short_number(number).append(units[unit]);
}

std::string uptime_text(Figure seconds) {
  if (!is_shown(seconds) || *seconds < 0)
    return std::string(nothing);
  constexpr long long minute = 60, hour = 60 * minute, day = 24 * hour;
  const auto all = static_cast<long long>(*seconds);
  const auto days = all / day;
  return (days > 0 ? std::to_string(days) + "d " : "") + two_digits(all % day / hour) + ":" +
         two_digits(all % hour / minute) + ":" + two_digits(all % minute);
}

std::string percent_text(Figure share) {
  constexpr double percent = 100;
  return is_shown(share) ? fixed(std::round(*share * percent), 0) + "%" : std::string(nothing);
}

std::string harmless(std::string_view text) {
  std::string printable(text);
  std::ranges::replace_if(
      printable, [](char character) { return character < ' ' || character > '~'; }, '?');
  return printable;
}

}  // namespace gatehouse::cli::top
