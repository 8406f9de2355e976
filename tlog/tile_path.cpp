#include "tlog/tile_path.hpp"

#include <charconv>

namespace gatehouse::tlog {

namespace {

constexpr std::uint64_t element_numbers = 1'000;
constexpr unsigned level_max = 63;

std::string three_digits(std::uint64_t number) {
  const auto text = std::to_string(number);
  return std::string(3 - text.size(), '0') + text;
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stopped == end ? std::optional(number) : std::nullopt;
}

std::string_view take_element(std::string_view& rest) {
  const auto slash = rest.find('/');
  const auto element = rest.substr(0, slash);
  rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  return element;
}

// False when it is no number of an element.
bool take_index(std::string_view& rest, std::uint64_t& index) {
  for (bool is_last = false; !is_last;) {
    auto element = take_element(rest);
    is_last = !element.starts_with('x');
    if (!is_last)
      element.remove_prefix(1);
    const auto digits = element.substr(0, 3);
    const auto number = number_of(digits);
    if (digits.size() != 3 || !number || index > (UINT64_MAX - *number) / element_numbers)
      return false;
    index = index * element_numbers + *number;
    if (element.size() == 3)
      continue;
    // The width of a partial tile follows.
    return is_last && element.substr(3) == ".p";
  }
  return rest.empty();
}

}  // namespace

std::string to_text(const TilePath& tile) {
  std::string index = three_digits(tile.index % element_numbers);
  for (auto rest = tile.index / element_numbers; rest > 0; rest /= element_numbers)
    index.insert(0, "x" + three_digits(rest % element_numbers) + "/");
  auto text = (tile.level ? std::to_string(*tile.level) : std::string("entries")) + "/" + index;
  if (tile.width != tile_width)
    text += ".p/" + std::to_string(tile.width);
  return text;
}

std::optional<TilePath> parse_tile_path(std::string_view text) {
  auto rest = text;
  TilePath tile;
  const auto level = take_element(rest);
  if (level != "entries") {
    const auto number = number_of(level);
    if (!number || *number > level_max)
      return std::nullopt;
    tile.level = static_cast<unsigned>(*number);
  }
  if (!take_index(rest, tile.index))
    return std::nullopt;
  if (!rest.empty()) {
    const auto width = number_of(rest);
    if (!width || *width == 0 || *width >= tile_width)
      return std::nullopt;
    tile.width = *width;
  }
  return to_text(tile) == text ? std::optional(tile) : std::nullopt;
}

}  // namespace gatehouse::tlog
