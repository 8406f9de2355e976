#include "table/key.hpp"

#include <array>
#include <utility>

#include "table/assert.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t key_bytes_expected = 96;  // reserved at once; longer keys grow

}  // namespace

void append_key_text(std::string& key, std::string_view text) {
  GATEHOUSE_ASSERT(text.find('\0') == std::string_view::npos);
  key.append(text).push_back('\0');
}

void append_key_number(std::string& key, std::uint64_t number) {
  std::array<char, sizeof number> bytes;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, number >>= 8U)
    *byte = static_cast<char>(number & 0xffU);
  key.append(bytes.data(), bytes.size());
}

Key::Key(char tag) {
  bytes_.reserve(key_bytes_expected);
  bytes_.push_back(tag);
}

Key&& Key::text(std::string_view part) && {
  append_key_text(bytes_, part);
  return std::move(*this);
}

Key&& Key::number(std::uint64_t part) && {
  append_key_number(bytes_, part);
  return std::move(*this);
}

KeyParts::KeyParts(std::string_view key) : rest_(key) {
  GATEHOUSE_ASSERT(!key.empty());
  rest_.remove_prefix(1);
}

std::string_view KeyParts::text() {
  const auto end = rest_.find('\0');
  GATEHOUSE_ASSERT(end != std::string_view::npos);
  const auto part = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  return part;
}

std::uint64_t KeyParts::number() {
  GATEHOUSE_ASSERT(rest_.size() >= 8);
  std::uint64_t part = 0;
  for (int index = 0; index < 8; ++index)
    part = (part << 8) | static_cast<unsigned char>(rest_[static_cast<std::size_t>(index)]);
  rest_.remove_prefix(8);
  return part;
}

}  // namespace gatehouse
