// Text that tells something about a person: a name, an e-mail, a department, a reason. In the stored frame it stands in the
// personal part, never in the body, together with whom it is about, so that it can be erased per person without touching the
// rest. `subject` is an opaque id: the user's, or an allow-list entry's where the person is not a member yet.
#pragma once
#include <string>
#include <string_view>

namespace gatehouse {

struct PersonalText {
  std::string subject;
  std::string text;

  [[nodiscard]] bool empty() const { return text.empty(); }
  bool operator==(const PersonalText&) const = default;
};

template <class Subject>
[[nodiscard]] PersonalText personal(const Subject& subject, std::string_view text) {
  return PersonalText{subject.value, std::string(text)};
}

}  // namespace gatehouse
