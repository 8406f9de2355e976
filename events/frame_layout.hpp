// The fixed header of a frame: where each field stands, and how an envelope goes in and comes out. docs/storage-format.md describes the
// same bytes. Nothing here looks beyond the header's stated lengths; the caller has checked them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "events/frame.hpp"
#include "events/little_endian.hpp"

namespace gatehouse::layout {

inline constexpr std::string_view magic_bytes = "GHE1";
inline constexpr std::size_t checksum_bytes = 4;

// Where the fields of the fixed header stand, after the magic bytes; every field is aligned to its size.
namespace at {
inline constexpr std::size_t header_length = 4;
inline constexpr std::size_t flags = 6;
inline constexpr std::size_t position = 8;
inline constexpr std::size_t commit_first = 16;
inline constexpr std::size_t account_version = 24;
inline constexpr std::size_t recorded_at = 32;
inline constexpr std::size_t catalogue_position = 40;
inline constexpr std::size_t event_id = 48;
inline constexpr std::size_t command_id = 64;
inline constexpr std::size_t correlation_id = 80;
inline constexpr std::size_t causation_id = 96;
inline constexpr std::size_t salt = 112;
inline constexpr std::size_t type = 128;
inline constexpr std::size_t schema_version = 132;
inline constexpr std::size_t codec = 134;
inline constexpr std::size_t commit_index = 136;
inline constexpr std::size_t commit_count = 138;
inline constexpr std::size_t actor_type = 140;
inline constexpr std::size_t account_length = 141;
inline constexpr std::size_t actor_length = 142;
inline constexpr std::size_t role_length = 143;
inline constexpr std::size_t body_length = 144;
inline constexpr std::size_t personal_length = 148;
inline constexpr std::size_t header_end = 152;
}  // namespace at

// A later header may be longer, never longer than this.
inline constexpr std::size_t header_bytes_max = 1024;

template <class Integer>
void put(std::string& frame, std::size_t offset, Integer value) {
  store_little_endian(frame.data() + offset, value);
}
void put(std::string& frame, std::size_t offset, const std::array<std::uint8_t, 16>& bytes);

template <class Integer>
[[nodiscard]] Integer get(std::string_view frame, std::size_t offset) {
  return load_little_endian<Integer>(frame.data() + offset);
}

// What must be true of every envelope, before it is written and after it was read.
[[nodiscard]] bool is_sound(const Envelope& envelope);
[[nodiscard]] bool is_placed(Position position, Position commit_first, std::uint16_t commit_index);

// The length of everything but the checksum, as the header states it.
[[nodiscard]] std::size_t stated_length(std::string_view frame);

// All of the envelope's fields in the fixed header, but for what the log assigns.
void put_envelope(std::string& frame, const Envelope& envelope);
void get_fixed_fields(std::string_view frame, FrameView& view);
void get_parts(std::string_view frame, FrameView& view);

}  // namespace gatehouse::layout
