#include "events/frame.hpp"

#include <algorithm>
#include <optional>
#include <source_location>

#include "events/codec.hpp"
#include "events/crc32c.hpp"
#include "events/little_endian.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

constexpr std::string_view magic_bytes = "GHE1";
constexpr std::size_t checksum_bytes = 4;
constexpr std::size_t frame_bytes_expected = 768;  // reserved at once; longer frames grow

// Where the fields of the fixed header stand, after the magic bytes; every field is aligned to its size.
namespace at {
constexpr std::size_t header_length = 4;
constexpr std::size_t flags = 6;
constexpr std::size_t position = 8;
constexpr std::size_t commit_first = 16;
constexpr std::size_t account_version = 24;
constexpr std::size_t recorded_at = 32;
constexpr std::size_t catalogue_position = 40;
constexpr std::size_t event_id = 48;
constexpr std::size_t command_id = 64;
constexpr std::size_t correlation_id = 80;
constexpr std::size_t causation_id = 96;
constexpr std::size_t salt = 112;
constexpr std::size_t type = 128;
constexpr std::size_t schema_version = 132;
constexpr std::size_t codec = 134;
constexpr std::size_t commit_index = 136;
constexpr std::size_t commit_count = 138;
constexpr std::size_t actor_type = 140;
constexpr std::size_t account_length = 141;
constexpr std::size_t actor_length = 142;
constexpr std::size_t role_length = 143;
constexpr std::size_t body_length = 144;
constexpr std::size_t personal_length = 148;
constexpr std::size_t header_end = 152;
}  // namespace at

// A later header may be longer, never longer than this.
constexpr std::size_t header_bytes_max = 1024;

template <class Integer>
void put(std::string& frame, std::size_t offset, Integer value) {
  store_little_endian(frame.data() + offset, value);
}

void put(std::string& frame, std::size_t offset, const std::array<std::uint8_t, 16>& bytes) {
  std::copy(bytes.begin(), bytes.end(), frame.begin() + static_cast<std::ptrdiff_t>(offset));
}

template <class Integer>
Integer get(std::string_view frame, std::size_t offset) {
  return load_little_endian<Integer>(frame.data() + offset);
}

Uuid get_uuid(std::string_view frame, std::size_t offset) {
  Uuid uuid;
  std::copy_n(frame.begin() + static_cast<std::ptrdiff_t>(offset), uuid.bytes.size(), uuid.bytes.begin());
  return uuid;
}

bool is_empty_or_valid_id(std::string_view text) { return text.empty() || is_valid_id(text); }

// What must be true of every envelope, before it is written and after it was read.
bool is_sound(const Envelope& envelope) {
  return is_valid_id(envelope.account_id.value) && is_empty_or_valid_id(envelope.actor.id) &&
         is_empty_or_valid_id(envelope.actor.role) && !envelope.event_id.is_nil() && !envelope.command_id.is_nil() &&
         envelope.account_version > 0 && envelope.commit_index < envelope.commit_count &&
         envelope.recorded_at.unix_ms >= 0 && envelope.recorded_at.unix_ms <= recorded_at_unix_ms_max &&
         envelope.actor.type <= ActorType::system;
}

bool is_placed(Position position, Position commit_first, std::uint16_t commit_index) {
  return commit_first.value > 0 && position >= commit_first && position.value - commit_first.value == commit_index;
}

// The length of everything but the checksum, as the header states it.
std::size_t stated_length(std::string_view frame) {
  return std::size_t{get<std::uint16_t>(frame, at::header_length)} + get<std::uint8_t>(frame, at::account_length) +
         get<std::uint8_t>(frame, at::actor_length) + get<std::uint8_t>(frame, at::role_length) +
         get<std::uint32_t>(frame, at::body_length) + get<std::uint32_t>(frame, at::personal_length);
}

void put_envelope(std::string& frame, const Envelope& envelope) {
  put(frame, at::account_version, envelope.account_version);
  put(frame, at::recorded_at, envelope.recorded_at.unix_ms);
  put(frame, at::catalogue_position, envelope.catalogue_position.value);
  put(frame, at::event_id, envelope.event_id.bytes);
  put(frame, at::command_id, envelope.command_id.bytes);
  put(frame, at::correlation_id, envelope.correlation_id.bytes);
  put(frame, at::causation_id, envelope.causation_id.bytes);
  put(frame, at::commit_index, envelope.commit_index);
  put(frame, at::commit_count, envelope.commit_count);
  put(frame, at::actor_type, static_cast<std::uint8_t>(envelope.actor.type));
  put(frame, at::account_length, static_cast<std::uint8_t>(envelope.account_id.value.size()));
  put(frame, at::actor_length, static_cast<std::uint8_t>(envelope.actor.id.size()));
  put(frame, at::role_length, static_cast<std::uint8_t>(envelope.actor.role.size()));
}

void get_fixed_fields(std::string_view frame, FrameView& view) {
  auto& envelope = view.envelope;
  view.flags = get<std::uint16_t>(frame, at::flags);
  envelope.position.value = get<std::uint64_t>(frame, at::position);
  envelope.commit_first.value = get<std::uint64_t>(frame, at::commit_first);
  envelope.account_version = get<std::uint64_t>(frame, at::account_version);
  envelope.recorded_at.unix_ms = get<std::int64_t>(frame, at::recorded_at);
  envelope.catalogue_position.value = get<std::uint64_t>(frame, at::catalogue_position);
  envelope.event_id = get_uuid(frame, at::event_id);
  envelope.command_id = get_uuid(frame, at::command_id);
  envelope.correlation_id = get_uuid(frame, at::correlation_id);
  envelope.causation_id = get_uuid(frame, at::causation_id);
  view.salt = frame.substr(at::salt, 16);
  view.type = get<std::uint32_t>(frame, at::type);
  view.schema_version = get<std::uint16_t>(frame, at::schema_version);
  view.codec = get<std::uint16_t>(frame, at::codec);
  envelope.commit_index = get<std::uint16_t>(frame, at::commit_index);
  envelope.commit_count = get<std::uint16_t>(frame, at::commit_count);
  envelope.actor.type = static_cast<ActorType>(get<std::uint8_t>(frame, at::actor_type));
}

void get_parts(std::string_view frame, FrameView& view) {
  std::size_t offset = get<std::uint16_t>(frame, at::header_length);
  const auto take = [&](std::size_t size) {
    offset += size;
    return frame.substr(offset - size, size);
  };
  view.envelope.account_id.value = take(get<std::uint8_t>(frame, at::account_length));
  view.envelope.actor.id = take(get<std::uint8_t>(frame, at::actor_length));
  view.envelope.actor.role = take(get<std::uint8_t>(frame, at::role_length));
  view.body = take(get<std::uint32_t>(frame, at::body_length));
  view.personal = take(get<std::uint32_t>(frame, at::personal_length));
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
  GATEHOUSE_ASSERT(is_sound(envelope));
  std::string frame;
  frame.reserve(frame_bytes_expected);
  frame.append(magic_bytes).append(at::header_end - magic_bytes.size(), '\0');
  put(frame, at::header_length, static_cast<std::uint16_t>(at::header_end));
  put_envelope(frame, envelope);
  put(frame, at::salt, salt);
  put(frame, at::type, type_number_of(event));
  put(frame, at::schema_version, schema_version_of(event));
  put(frame, at::codec, body_codec);
  frame.append(envelope.account_id.value).append(envelope.actor.id).append(envelope.actor.role);
  const std::size_t body_begin = frame.size();
  std::string personal;
  encode_event(event, frame, personal);
  GATEHOUSE_ASSERT(frame.size() - body_begin <= UINT32_MAX && personal.size() <= UINT32_MAX);
  put(frame, at::body_length, static_cast<std::uint32_t>(frame.size() - body_begin));
  put(frame, at::personal_length, static_cast<std::uint32_t>(personal.size()));
  frame.append(personal);
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

tl::expected<FrameView, FrameError> parse_frame(std::string_view frame) {
  if (const auto error = check_outside(frame))
    return tl::unexpected(*error);
  FrameView view;
  get_fixed_fields(frame, view);
  get_parts(frame, view);
  const auto& envelope = view.envelope;
  const bool typed = view.type > 0 && view.schema_version > 0 && view.codec > 0;
  const bool placed = is_placed(envelope.position, envelope.commit_first, envelope.commit_index);
  if (!typed || !placed || !is_sound(envelope))
    return tl::unexpected(FrameError::bad_value);
  return view;
}

tl::expected<RecordedEvent, FrameError> decode_frame(std::string_view frame) {
  auto view = parse_frame(frame);
  if (!view)
    return tl::unexpected(view.error());
  RecordedEvent recorded;
  recorded.type = view->type;
  recorded.schema_version = view->schema_version;
  if (view->flags != 0 || view->codec != body_codec) {
    recorded.data =
        UnknownEvent{view->type, view->schema_version, std::string(view->body), std::string(view->personal)};
  } else if (auto data = decode_event(view->type, view->schema_version, view->body, view->personal)) {
    recorded.data = *std::move(data);
  } else {
    return tl::unexpected(FrameError::bad_body);
  }
  recorded.envelope = std::move(view->envelope);
  return recorded;
}

}  // namespace gatehouse
