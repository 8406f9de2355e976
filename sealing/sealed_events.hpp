// Sealing and opening all personal texts of an event.
#pragma once
#include "events/envelope.hpp"
#include "events/personal_reader.hpp"

namespace gatehouse {

// False when the key of a subject is destroyed: then the event must not be recorded.
[[nodiscard]] bool seal_event(PersonalSealer& sealer, const AccountId& stream, Event& event);

// Without a reader it stays as it is.
void open_event(const PersonalReader* reader, RecordedEvent& event);
[[nodiscard]] RecordedEvent opened(const PersonalReader* reader, RecordedEvent event);

}  // namespace gatehouse
