#include "sealing/key_draft.hpp"

namespace gatehouse {

const SubjectKey* KeyDraft::drafted(const SubjectName& name) const {
  for (const auto* draft = this; draft != nullptr; draft = draft->below_) {
    for (const auto* keys : {&draft->made_, &draft->kept_}) {
      if (const auto found = keys->find(name); found != keys->end())
        return &found->second;
    }
  }
  return nullptr;
}

void KeyDraft::open(const AccountId& account, PersonalText& text) const {
  const SubjectName name{account, text.subject};
  const auto* key = drafted(name);
  auto opened = key != nullptr ? open_text(*key, name, text.sealed) : std::nullopt;
  if (opened)
    text.text = std::move(*opened);
  else
    keys_->open(account, text);
}

std::string KeyDraft::lookup(const AccountId& account, std::string_view normalised_address) const {
  return keys_->lookup(account, normalised_address);
}

bool KeyDraft::seal(const AccountId& account, PersonalText& text) {
  if (text.text.empty() || !text.sealed.empty())
    return true;
  const SubjectName name{account, text.subject};
  SubjectKey key;
  if (const auto* own = drafted(name)) {
    key = *own;
  } else {
    const auto standing = keys_->find(name, key);
    if (standing == SubjectKeys::Standing::destroyed)
      return false;
    if (standing == SubjectKeys::Standing::unknown)
      key = made_.emplace(name, giver_ != nullptr ? giver_->take_key(name) : keys_->make_key(name)).first->second;
  }
  text.sealed = seal_text(key, name, sealed_text::bytes_of_lookup(text.lookup), text.text);
  return true;
}

}  // namespace gatehouse
