#include "sealing/subject_keys.hpp"

#include "identity/secure_random.hpp"
#include "store/store_health.hpp"

namespace gatehouse {

void SubjectKeys::open(const AccountId& account, PersonalText& text) const try {
  const SubjectName name{account, text.subject};
  SubjectKey key;
  const auto standing = find(name, key);
  if (standing == Standing::present) {
    if (auto opened = open_text(key, name, text.sealed)) {
      text.text = std::move(*opened);
      text.unreadable = PersonalText::Unreadable::no;
      return;
    }
  }
  text.unreadable =
      standing == Standing::destroyed ? PersonalText::Unreadable::erased : PersonalText::Unreadable::locked;
} catch (const SubjectKeysFailure& failure) {
  stop_on_unreadable(keys_table, failure.what());
}

SubjectKey random_subject_key() {
  SubjectKey key;
  identity::fill_with_random(key.encryption);
  identity::fill_with_random(key.nonces);
  return key;
}

SubjectKey SubjectKeys::make_key(const SubjectName& /*name*/) const { return random_subject_key(); }

void SubjectKeys::assign(const NewKeys& keys, Position /*head*/, std::uint64_t /*destroyed_before*/) {
  if (!keys.empty())
    add(keys);
}

std::string SubjectKeys::lookup_bytes(const AccountId& account, std::string_view normalised_address) const {
  const auto mac = identity::hmac_sha256(lookup_key_, account.value + '\0' + std::string(normalised_address));
  return std::string(mac.begin(), mac.begin() + sealed_text::lookup_bytes);
}

std::string SubjectKeys::lookup(const AccountId& account, std::string_view normalised_address) const {
  return sealed_text::lookup_text(lookup_bytes(account, normalised_address));
}

}  // namespace gatehouse
