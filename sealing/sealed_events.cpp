#include "sealing/sealed_events.hpp"

#include "events/personal_parts.hpp"

namespace gatehouse {

bool seal_event(PersonalSealer& sealer, const AccountId& stream, Event& event) {
  bool sealed = true;
  visit_personal_of(event, [&](PersonalText& text) { sealed = sealer.seal(stream, text) && sealed; });
  return sealed;
}

void open_event(const PersonalReader* reader, RecordedEvent& event) {
  auto* known = std::get_if<Event>(&event.data);
  if (reader == nullptr || known == nullptr)
    return;
  visit_personal_of(*known, [&](PersonalText& text) {
    if (!text.sealed.empty() && text.text.empty())
      reader->open(event.envelope.account_id, text);
  });
}

RecordedEvent opened(const PersonalReader* reader, RecordedEvent event) {
  open_event(reader, event);
  return event;
}

}  // namespace gatehouse
