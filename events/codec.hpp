// Events to stored bytes and back: by type number and schema version, earlier versions upcast to the newest. Every version
// that was ever stored has one decoder; a type or version without one comes from a newer program and is kept as it is.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "events/event.hpp"

namespace gatehouse {

// How bodies are encoded, written into each frame; 1 is the archive of events/archive.hpp.
inline constexpr std::uint16_t body_codec = 1;

// Appends the newest version's bytes.
void encode_event(const Event& event, std::string& body, std::string& personal);

// False if the bytes are not those of the type and version they claim to be; `data` is anything then. Decoded where it is to stay, and into
// the memory of what `data` held if that was of the same type: an event is large, and a rebuild decodes all there are.
[[nodiscard]] bool decode_event(std::uint32_t type, std::uint16_t version, std::string_view body,
                                std::string_view personal, std::variant<Event, UnknownEvent>& data);

[[nodiscard]] std::uint32_t type_number_of(const Event& event);
[[nodiscard]] std::uint16_t schema_version_of(const Event& event);

// A type's number and its stored name; nothing for one that this program does not know.
[[nodiscard]] std::optional<std::uint32_t> type_number_of(std::string_view name);
[[nodiscard]] std::optional<std::string_view> type_name(std::uint32_t number);

// Start-up check: every version of every event has exactly one decoder, and its upcasts end at the newest version. Says what is wrong, or nothing.
[[nodiscard]] std::optional<std::string> validate_registry();

}  // namespace gatehouse
