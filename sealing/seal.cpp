#include "sealing/seal.hpp"

#include <algorithm>

#include "events/personal_text.hpp"
#include "identity/aead.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

using Nonce = std::array<std::uint8_t, identity::aead_nonce_bytes>;

std::string bound_to(const SubjectName& name) { return name.account_id.value + '\0' + name.subject; }

}  // namespace

identity::Sha256 digest_of(const SubjectKey& key) {
  std::string bytes(key.encryption.begin(), key.encryption.end());
  bytes.append(key.nonces.begin(), key.nonces.end());
  return identity::sha256(bytes);
}

std::string seal_text(const SubjectKey& key, const SubjectName& name, std::string_view lookup, std::string_view text) {
  GATEHOUSE_ASSERT(lookup.empty() || lookup.size() == sealed_text::lookup_bytes);
  std::string sealed(1, lookup.empty() ? sealed_text::plain_kind : sealed_text::address_kind);
  sealed.append(lookup);
  const auto mac = identity::hmac_sha256(key.nonces, sealed + std::string(text));
  Nonce nonce;
  std::copy_n(mac.begin(), nonce.size(), nonce.begin());
  const auto bound = bound_to(name) + '\0' + sealed;
  sealed.append(nonce.begin(), nonce.end());
  return sealed + identity::aead_seal(key.encryption, nonce, bound, text);
}

std::optional<std::string> open_text(const SubjectKey& key, const SubjectName& name, std::string_view sealed) {
  if (sealed.empty())
    return std::nullopt;
  const std::size_t head = sealed.front() == sealed_text::address_kind ? 1 + sealed_text::lookup_bytes : 1;
  Nonce nonce;
  if (sealed.size() < head + nonce.size())
    return std::nullopt;
  std::copy_n(sealed.begin() + static_cast<std::ptrdiff_t>(head), nonce.size(), nonce.begin());
  const auto bound = bound_to(name) + '\0' + std::string(sealed.substr(0, head));
  return identity::aead_open(key.encryption, nonce, bound, sealed.substr(head + nonce.size()));
}

}  // namespace gatehouse
