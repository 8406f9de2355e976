// A line of the screen, and how figures are put into one.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace gatehouse::cli::top {

struct Line {
  enum class Tone : std::uint8_t { plain, title, heading, good, warning, bad };
  std::string text;
  Tone tone{};
};

// "requests    1,204/s  5xx 0/s  p50 0.4ms": a name, then figures with what they are.
class Row {
 public:
  explicit Row(std::string_view name);
  // Nothing for two empty texts.
  Row& figure(std::string_view what, std::string_view figure);
  [[nodiscard]] Line line(Line::Tone tone = Line::Tone::plain) const { return {text_, tone}; }

 private:
  std::string text_;
};

// A name and columns to the right of it.
[[nodiscard]] std::string table_row(std::string_view name, std::initializer_list<std::string> columns);

}  // namespace gatehouse::cli::top
