#include "projections/row_shape.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace gatehouse {

std::string readable(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f && c != '\\') {
      text.push_back(c);
    } else {
      text.append("\\x").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
  }
  return text;
}

namespace {

constexpr std::size_t number_bytes = 8;

// One part off the front of `rest`; nothing when the bytes do not have it.
std::optional<std::string> take_part(std::string_view& rest, char kind) {
  if (kind == 't') {
    const auto end = rest.find('\0');
    if (end == std::string_view::npos)
      return std::nullopt;
    auto part = readable(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    return part;
  }
  if (kind == 'r')
    return readable(std::exchange(rest, {}));
  if (rest.size() < number_bytes)
    return std::nullopt;
  std::uint64_t number = 0;
  for (const char byte : rest.substr(0, number_bytes))
    number = (number << 8) | static_cast<unsigned char>(byte);
  rest.remove_prefix(number_bytes);
  return std::to_string(kind == 'd' ? ~number : number);
}

}  // namespace

const RowShape* find_shape(std::span<const RowShape> shapes, std::string_view key) {
  if (key.empty())
    return nullptr;
  const auto found = std::ranges::find(shapes, key.front(), &RowShape::tag);
  return found == shapes.end() ? nullptr : &*found;
}

std::string describe_key(std::span<const RowShape> shapes, std::string_view key) {
  const auto* shape = find_shape(shapes, key);
  if (shape == nullptr)
    return readable(key);
  std::string text(shape->name);
  auto rest = key.substr(1);
  char before = ' ';
  for (const char kind : shape->parts) {
    const auto part = take_part(rest, kind);
    if (!part)
      return readable(key);
    text.append(1, before).append(*part);
    before = '/';
  }
  return rest.empty() ? text : readable(key);
}

std::string describe_value(std::span<const RowShape> shapes, std::string_view key, std::string_view value) {
  const auto* shape = find_shape(shapes, key);
  return shape != nullptr && shape->text_of != nullptr ? shape->text_of(value) : "bytes = " + readable(value) + "\n";
}

}  // namespace gatehouse
