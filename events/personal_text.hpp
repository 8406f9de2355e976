// Text that tells something about a person: a name, an e-mail, a department, a reason. In the stored frame it stands in the
// personal part, never in the body, together with whom it is about, so that it can be erased per person without touching the
// rest. `subject` is an opaque id: the user's, or an allow-list entry's where the person is not a member yet. Where the log seals
// its texts (keys/), what is stored is `sealed`; `text` is there as long as somebody has opened it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

struct PersonalText {
  enum class Unreadable : std::uint8_t { no, erased, locked };

  std::string subject;
  std::string text{};
  std::string sealed{};     // empty: the text itself is stored
  std::string lookup{};     // of a sealed address: what it is found by in its place
  Unreadable unreadable{};  // erased: its key is destroyed; locked: this program has not got its key

  [[nodiscard]] bool empty() const { return text.empty() && sealed.empty(); }
  // An address under which others are found: equal for equal addresses of one account.
  [[nodiscard]] const std::string& found_by() const { return lookup.empty() ? text : lookup; }
  // What is stored.
  bool operator==(const PersonalText& other) const {
    return subject == other.subject && sealed == other.sealed && (!sealed.empty() || text == other.text);
  }
};

template <class Subject>
[[nodiscard]] PersonalText personal(const Subject& subject, std::string_view text) {
  return PersonalText{subject.value, std::string(text)};
}

// How a sealed text begins: what it is, and for an address sixteen bytes that are the same for every seal of it in the account.
namespace sealed_text {

inline constexpr char plain_kind = 1;
inline constexpr char address_kind = 2;
inline constexpr std::size_t lookup_bytes = 16;

[[nodiscard]] std::string lookup_text(std::string_view bytes);  // as hexadecimal digits
[[nodiscard]] std::string bytes_of_lookup(std::string_view text);
// Empty unless it is an address.
[[nodiscard]] std::string lookup_of(std::string_view sealed);

}  // namespace sealed_text

}  // namespace gatehouse
