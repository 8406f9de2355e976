#include "commands/recover_keys.hpp"

#include <set>

#include "events/frame.hpp"
#include "events/personal_parts.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t events_per_read = 1'000;

}  // namespace

std::size_t recover_keys(SubjectKeys& keys, const EventLog& log) {
  const auto from = keys.assigned_until();
  if (!from)
    return 0;
  std::size_t recovered = 0;
  std::set<SubjectName> locked;  // for another reason: asked about once
  const auto look_at = [&](const AccountId& account, const PersonalText& text) {
    SubjectName name{account, text.subject};
    SubjectKey key;
    if (text.sealed.empty() || keys.find(name, key) != SubjectKeys::Standing::unknown || locked.contains(name))
      return;
    if (keys.recover(name, text.sealed))
      ++recovered;
    else
      locked.insert(std::move(name));
  };
  for (auto after = *from;;) {
    const auto page = log.read(after, events_per_read);
    for (const auto& stored : page.events) {
      auto event = decode_frame(stored.frame);
      if (auto* known = event ? std::get_if<Event>(&event->data) : nullptr)
        visit_personal_of(*known, [&](const PersonalText& text) { look_at(event->envelope.account_id, text); });
    }
    if (page.at_end || page.events.empty())
      return recovered;
    after = page.next;
  }
}

}  // namespace gatehouse
