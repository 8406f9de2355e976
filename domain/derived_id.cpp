#include "domain/derived_id.hpp"

#include <cstdint>
#include <string_view>

namespace gatehouse {

namespace {

// FNV-1a. Two of them with different starts give the bits that one lacks; ids only have to differ, nobody gains by a collision.
std::uint64_t mix(std::uint64_t hash, std::string_view text) {
  constexpr std::uint64_t prime = 0x100000001b3;
  for (const char character : text)
    hash = (hash ^ static_cast<unsigned char>(character)) * prime;
  return (hash ^ 0xff) * prime;  // no text holds this byte: it ends each one
}

}  // namespace

std::string derived_id(const Uuid& event_id, std::string_view first, std::string_view second) {
  constexpr std::uint64_t start = 0xcbf29ce484222325;
  const std::uint64_t low = mix(mix(start, first), second);
  const std::uint64_t high = mix(mix(mix(start, "high"), second), first);
  Uuid id = event_id;
  constexpr std::size_t time_bytes = 6;
  for (std::size_t index = 0; index + time_bytes < id.bytes.size(); ++index) {
    const std::uint64_t word = index < 8 ? low >> (8 * index) : high >> (8 * (index - 8));
    id.bytes[time_bytes + index] ^= static_cast<std::uint8_t>(word);
  }
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | (id.bytes[6] & 0x0f));
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
  return to_text(id);
}

}  // namespace gatehouse
