#include "http/date_text.hpp"

#include <array>
#include <cstdio>

namespace gatehouse::http {
namespace {

constexpr std::array<const char*, 7> day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Not strftime: its names follow the process's locale.
std::string format(std::chrono::sys_seconds second) {
  const auto day = std::chrono::floor<std::chrono::days>(second);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(second - day);
  std::array<char, 64> text{};
  const int length = std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                                   day_names[std::chrono::weekday(day).c_encoding()], unsigned(date.day()),
                                   month_names[unsigned(date.month()) - 1], int(date.year()), int(time.hours().count()),
                                   int(time.minutes().count()), int(time.seconds().count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::string_view DateText::at(std::chrono::system_clock::time_point now) {
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  if (second != second_) {
    text_ = format(second);
    second_ = second;
  }
  return text_;
}

}  // namespace gatehouse::http
