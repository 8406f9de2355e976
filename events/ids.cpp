#include "events/ids.hpp"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<bool, 256> make_id_characters() {
  std::array<bool, 256> characters{};
  for (const char c : base64url)
    characters[static_cast<unsigned char>(c)] = true;
  for (const char c : std::string_view("_.@:-"))
    characters[static_cast<unsigned char>(c)] = true;
  return characters;
}

constexpr std::array<bool, 256> id_characters = make_id_characters();

}  // namespace

bool is_valid_id(std::string_view text) {
  if (text.empty() || text.size() > id_bytes_max)
    return false;
  bool valid = true;
  for (const char c : text)
    valid &= id_characters[static_cast<unsigned char>(c)];
  return valid;
}

Uuid make_uuid_v7(std::int64_t unix_ms, const std::array<std::uint8_t, 10>& random) {
  Uuid uuid;
  const auto ms = static_cast<std::uint64_t>(unix_ms);
  for (std::size_t index = 0; index < 6; ++index)
    uuid.bytes[index] = static_cast<std::uint8_t>(ms >> (40 - 8 * index));
  std::copy(random.begin(), random.end(), uuid.bytes.begin() + 6);
  uuid.bytes[6] = static_cast<std::uint8_t>(0x70 | (uuid.bytes[6] & 0x0f));
  uuid.bytes[8] = static_cast<std::uint8_t>(0x80 | (uuid.bytes[8] & 0x3f));
  return uuid;
}

std::string to_text(const Uuid& uuid) {
  std::string text;
  text.reserve(22);
  std::uint32_t bits = 0;
  int held = 0;
  for (const auto byte : uuid.bytes) {
    bits = (bits << 8) | byte;
    for (held += 8; held >= 6; held -= 6)
      text.push_back(base64url[(bits >> (held - 6)) & 0x3f]);
  }
  text.push_back(base64url[(bits << (6 - held)) & 0x3f]);
  return text;
}

}  // namespace gatehouse
