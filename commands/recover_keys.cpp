#include "commands/recover_keys.hpp"

#include <set>

#include "events/frame.hpp"
#include "events/personal_parts.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t events_per_read = 1'000;

// Each person without a key whom those events tell of, once, with a text that was sealed for him.
template <class Visit>
void visit_persons_without_key(const SubjectKeys& keys, const EventLog& log, const Visit& visit) {
  const auto from = keys.assigned_until();
  std::set<SubjectName> visited;
  const auto look_at = [&](const AccountId& account, const PersonalText& text) {
    SubjectName name{account, text.subject};
    SubjectKey key;
    if (text.sealed.empty() || visited.contains(name) || keys.find(name, key) != SubjectKeys::Standing::unknown)
      return;
    visit(name, text.sealed);
    visited.insert(std::move(name));
  };
  for (auto after = from; after;) {
    const auto page = log.read(*after, events_per_read);
    for (const auto& stored : page.events) {
      auto event = decode_frame(stored.frame);
      if (auto* known = event ? std::get_if<Event>(&event->data) : nullptr)
        visit_personal_of(*known, [&](const PersonalText& text) { look_at(event->envelope.account_id, text); });
    }
    after = page.at_end || page.events.empty() ? std::nullopt : std::optional(page.next);
  }
}

}  // namespace

std::size_t recover_keys(SubjectKeys& keys, const EventLog& log) {
  std::size_t recovered = 0;
  visit_persons_without_key(keys, log, [&](const SubjectName& name, std::string_view sealed) {
    recovered += keys.recover(name, sealed) ? 1 : 0;
  });
  return recovered;
}

std::size_t count_lost_keys(const SubjectKeys& keys, const EventLog& log) {
  std::size_t lost = 0;
  visit_persons_without_key(keys, log, [&](const SubjectName& name, std::string_view sealed) {
    if (lost < lost_keys_max && !keys.find_in_reserve(name, sealed))
      ++lost;
  });
  return lost;
}

}  // namespace gatehouse
