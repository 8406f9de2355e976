#include "events/personal_parts.hpp"

namespace gatehouse {

void visit_personal_of(Event& event, const std::function<void(PersonalText&)>& visit) {
  std::visit([&](auto& data) { visit_personal(data, visit); }, static_cast<Event::Alternatives&>(event));
}

bool has_sealed_text(const Event& event) {
  bool found = false;
  const auto look = [&](const PersonalText& text) { found = found || !text.sealed.empty(); };
  std::visit([&](const auto& data) { visit_personal(data, look); }, static_cast<const Event::Alternatives&>(event));
  return found;
}

}  // namespace gatehouse
