#include "events/frame.hpp"

#include <optional>
#include <source_location>

#include "events/codec.hpp"
#include "events/crc32c.hpp"
#include "events/frame_layout.hpp"
#include "events/personal_parts.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

using namespace layout;

constexpr std::size_t frame_bytes_expected = 768;  // reserved at once; longer frames grow

std::string begin_frame(const Envelope& envelope, std::uint32_t type, std::uint16_t schema_version,
                        const std::array<std::uint8_t, 16>& salt) {
  GATEHOUSE_ASSERT(is_sound(envelope) && type > 0 && schema_version > 0);
  std::string frame;
  frame.reserve(frame_bytes_expected);
  frame.append(magic_bytes).append(at::header_end - magic_bytes.size(), '\0');
  put(frame, at::header_length, static_cast<std::uint16_t>(at::header_end));
  put_envelope(frame, envelope);
  put(frame, at::salt, salt);
  put(frame, at::type, type);
  put(frame, at::schema_version, schema_version);
  put(frame, at::codec, body_codec);
  frame.append(envelope.account_id.value).append(envelope.actor.id).append(envelope.actor.role);
  return frame;
}

// The body stands in the frame from `body_begin` on.
void end_frame(std::string& frame, std::size_t body_begin, std::string_view personal) {
  const std::size_t body_length = frame.size() - body_begin;
  GATEHOUSE_ASSERT(body_length <= UINT32_MAX && personal.size() <= UINT32_MAX);
  put(frame, at::body_length, static_cast<std::uint32_t>(body_length));
  put(frame, at::personal_length, static_cast<std::uint32_t>(personal.size()));
  frame.append(personal);
}

std::optional<FrameError> check_outside(std::string_view frame) {
  if (frame.size() < at::header_end + checksum_bytes)
    return FrameError::too_short;
  if (frame.size() > frame_bytes_max)
    return FrameError::too_long;
  if (!frame.starts_with(magic_bytes))
    return FrameError::bad_magic;
  const auto header_length = get<std::uint16_t>(frame, at::header_length);
  if (header_length < at::header_end || header_length > header_bytes_max)
    return FrameError::bad_header_length;
  const std::size_t length = stated_length(frame) + checksum_bytes;
  if (length < frame.size())
    return FrameError::trailing_bytes;
  if (length > frame.size())
    return FrameError::bad_lengths;
  const auto content = frame.substr(0, frame.size() - checksum_bytes);
  if (crc32c(content) != get<std::uint32_t>(frame, content.size()))
    return FrameError::bad_checksum;
  return std::nullopt;
}

std::optional<FrameError> parse(std::string_view frame, FrameView& view) {
  if (const auto error = check_outside(frame))
    return error;
  get_fixed_fields(frame, view);
  get_parts(frame, view);
  const auto& envelope = view.envelope;
  const bool typed = view.type > 0 && view.schema_version > 0 && view.codec > 0;
  const bool placed = is_placed(envelope.position, envelope.commit_first, envelope.commit_index);
  if (!typed || !placed || !is_sound(envelope))
    return FrameError::bad_value;
  return std::nullopt;
}

}  // namespace

std::string_view to_text(FrameError error) {
  switch (error) {
  case FrameError::too_short:
    return "the frame is shorter than a header";
  case FrameError::too_long:
    return "the frame is longer than the limit";
  case FrameError::bad_magic:
    return "the frame does not begin with the magic bytes";
  case FrameError::bad_header_length:
    return "the header's length is out of range";
  case FrameError::bad_checksum:
    return "the checksum does not match";
  case FrameError::bad_lengths:
    return "the parts are longer than the frame";
  case FrameError::bad_value:
    return "a header field has a value that it cannot have";
  case FrameError::bad_body:
    return "the body is not what its type and version say";
  case FrameError::trailing_bytes:
    return "bytes are left over after the frame";
  }
  assertion_failed("a known frame error", std::source_location::current());
}

std::string draft_frame(const Envelope& envelope, const Event& event, const std::array<std::uint8_t, 16>& salt) {
  std::string frame = begin_frame(envelope, type_number_of(event), schema_version_of(event), salt);
  const std::size_t body_begin = frame.size();
  std::string personal;
  encode_event(event, frame, personal);
  if (has_sealed_text(event))
    put(frame, at::flags, frame_flags::sealed_texts);
  end_frame(frame, body_begin, personal);
  return frame;
}

std::string draft_frame(const Envelope& envelope, const UnknownEvent& event, const std::array<std::uint8_t, 16>& salt) {
  std::string frame = begin_frame(envelope, event.type_number, event.schema_version, salt);
  const std::size_t body_begin = frame.size();
  frame.append(event.body);
  end_frame(frame, body_begin, event.personal);
  return frame;
}

void seal_frame(std::string& draft, Position position, Position commit_first) {
  GATEHOUSE_ASSERT(draft.size() >= at::header_end && draft.size() <= frame_draft_bytes_max);
  GATEHOUSE_ASSERT(draft.starts_with(magic_bytes) && stated_length(draft) == draft.size());
  GATEHOUSE_ASSERT(get<std::uint64_t>(draft, at::position) == 0);
  GATEHOUSE_ASSERT(is_placed(position, commit_first, get<std::uint16_t>(draft, at::commit_index)));
  put(draft, at::position, position.value);
  put(draft, at::commit_first, commit_first.value);
  append_little_endian(draft, crc32c(draft));
}

std::string unsealed_frame(std::string_view frame) {
  std::string draft(frame.substr(0, frame.size() - checksum_bytes));
  put(draft, at::position, std::uint64_t{});
  put(draft, at::commit_first, std::uint64_t{});
  return draft;
}

tl::expected<FrameView, FrameError> parse_frame(std::string_view frame) {
  tl::expected<FrameView, FrameError> view;
  if (const auto error = parse(frame, *view))
    view = tl::unexpected(*error);
  return view;
}

tl::expected<RecordedEvent, FrameError> decode_frame(std::string_view frame) {
  tl::expected<RecordedEvent, FrameError> recorded;
  if (const auto decoded = decode_frame(frame, *recorded); !decoded)
    recorded = tl::unexpected(decoded.error());
  return recorded;
}

tl::expected<void, FrameError> decode_frame(std::string_view frame, RecordedEvent& recorded) {
  FrameView view;
  view.envelope = std::move(recorded.envelope);
  const auto error = parse(frame, view);
  recorded.envelope = std::move(view.envelope);
  if (error)
    return tl::unexpected(*error);
  recorded.type = view.type;
  recorded.schema_version = view.schema_version;
  if ((view.flags | frame_flags::sealed_texts) != frame_flags::sealed_texts || view.codec != body_codec) {
    recorded.data = UnknownEvent{view.type, view.schema_version, std::string(view.body), std::string(view.personal)};
    return {};
  }
  if (!decode_event(view.type, view.schema_version, view.body, view.personal, recorded.data))
    return tl::unexpected(FrameError::bad_body);
  // A reader that knows no seals must be able to tell from the flag alone.
  const auto* known = recorded.known();
  if (known != nullptr && has_sealed_text(*known) != (view.flags == frame_flags::sealed_texts))
    return tl::unexpected(FrameError::bad_body);
  return {};
}

}  // namespace gatehouse
