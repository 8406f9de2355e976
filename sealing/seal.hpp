// How a personal text is sealed: AES-256-GCM under the key of its subject, bound to account and subject. The nonce is a MAC of the text
// under a second half of the key (a synthetic one, as in RFC 5297), so the same text gives the same bytes: a decision made again can be compared with
// the first one, and no counter can be lost. What that tells is that two texts of one person are equal.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/ids.hpp"
#include "identity/digest.hpp"

namespace gatehouse {

struct SubjectName {
  AccountId account_id;
  std::string subject;  // a user's or an allow-list entry's id
  auto operator<=>(const SubjectName&) const = default;
};

struct SubjectKey {
  std::array<std::uint8_t, 32> encryption{};
  std::array<std::uint8_t, 32> nonces{};
};

// Of both halves.
[[nodiscard]] identity::Sha256 digest_of(const SubjectKey& key);

// `lookup` is empty, or the bytes that an address is found by.
[[nodiscard]] std::string seal_text(const SubjectKey& key, const SubjectName& name, std::string_view lookup,
                                    std::string_view text);
// Nothing unless it was sealed so.
[[nodiscard]] std::optional<std::string> open_text(const SubjectKey& key, const SubjectName& name,
                                                   std::string_view sealed);

}  // namespace gatehouse
