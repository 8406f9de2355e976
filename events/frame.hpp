// The stored form of one event: a fixed, bounds-checked little-endian header, then the variable parts, then a CRC. Written by hand and
// stable for ever (docs/storage-format.md has the grammar); cereal sees nothing but the body, after length, checksum and type were
// checked. Personal data stands in a part of its own. The bytes stored are the bytes that are chained and hashed.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "events/envelope.hpp"

namespace gatehouse {

inline constexpr std::size_t frame_bytes_max = 1U << 20;
// The longest draft that can be sealed; whoever decides refuses a command whose events would be longer.
inline constexpr std::size_t frame_draft_bytes_max = frame_bytes_max - 4;
inline constexpr std::int64_t recorded_at_unix_ms_max = 253'402'300'799'999;  // the end of the year 9999

namespace frame_flags {
inline constexpr std::uint16_t sealed_texts =
    1;  // there are sealed texts in the personal part (events/personal_text.hpp)
}  // namespace frame_flags

enum class FrameError : std::uint8_t {
  too_short,
  too_long,
  bad_magic,
  bad_header_length,
  bad_checksum,
  bad_lengths,
  bad_value,
  bad_body,
  trailing_bytes
};
[[nodiscard]] std::string_view to_text(FrameError error);

// The frame without what the log assigns: position and commit_first are zero and there is no CRC yet. `salt` is 16 random bytes. Asserts
// that account, actor and role ids are well formed (actor id and role may be empty), event_id and command_id are set, account_version counts
// from 1, commit_index < commit_count and recorded_at lies in the years 1970 to 9999.
[[nodiscard]] std::string draft_frame(const Envelope& envelope, const Event& event,
                                      const std::array<std::uint8_t, 16>& salt);

// The same for bytes that are encoded already: of any type and version, as another program wrote them.
[[nodiscard]] std::string draft_frame(const Envelope& envelope, const UnknownEvent& event,
                                      const std::array<std::uint8_t, 16>& salt);

// Puts in what the log assigns and the CRC. The log alone calls it, once per frame. The events of one commit stand together: position is
// commit_first + commit_index.
void seal_frame(std::string& draft, Position position, Position commit_first);

// What seal_frame was given: the draft of a frame that comes from another log. `frame` must be a frame that parse_frame takes.
[[nodiscard]] std::string unsealed_frame(std::string_view frame);

// The parts of a sealed frame, checked; the views point into `frame`.
struct FrameView {
  Envelope envelope;
  std::uint32_t type{};
  std::uint16_t schema_version{};
  std::uint16_t
      flags{};  // those that frame_flags has not are of later versions of the format: the parts mean something else
  std::uint16_t codec{};
  std::string_view salt;
  std::string_view body;
  std::string_view personal;
};
[[nodiscard]] tl::expected<FrameView, FrameError> parse_frame(std::string_view frame);

// parse_frame, then the body decoded and upcast. An unknown type, newer version, codec or flag is not an error (UnknownEvent).
[[nodiscard]] tl::expected<RecordedEvent, FrameError> decode_frame(std::string_view frame);
// The same where the event is to stay, in the memory of what `event` held; it is anything after an error.
[[nodiscard]] tl::expected<void, FrameError> decode_frame(std::string_view frame, RecordedEvent& event);

}  // namespace gatehouse
