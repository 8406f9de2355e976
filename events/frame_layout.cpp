#include "events/frame_layout.hpp"

#include <algorithm>

namespace gatehouse::layout {

namespace {

Uuid get_uuid(std::string_view frame, std::size_t offset) {
  Uuid uuid;
  std::copy_n(frame.begin() + static_cast<std::ptrdiff_t>(offset), uuid.bytes.size(), uuid.bytes.begin());
  return uuid;
}

bool is_empty_or_valid_id(std::string_view text) { return text.empty() || is_valid_id(text); }

}  // namespace

void put(std::string& frame, std::size_t offset, const std::array<std::uint8_t, 16>& bytes) {
  std::copy(bytes.begin(), bytes.end(), frame.begin() + static_cast<std::ptrdiff_t>(offset));
}

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

}  // namespace gatehouse::layout
