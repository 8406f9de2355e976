#include "sealing/overlaid_keys.hpp"

namespace gatehouse {

SubjectKeys::Standing OverlaidKeys::find(const SubjectName& name, SubjectKey& key) const {
  const auto written = written_.find(name);
  if (written == written_.end())
    return store_->find(name, key);
  if (!written->second)
    return Standing::destroyed;
  key = *written->second;
  return Standing::present;
}

void OverlaidKeys::add(const NewKeys& keys) {
  for (const auto& [name, key] : keys) {
    if (SubjectKey there; find(name, there) == Standing::unknown)
      written_.emplace(name, key);
  }
}

bool OverlaidKeys::recover(const SubjectName& name, std::string_view sealed) {
  const auto key = find_in_reserve(name, sealed);
  if (key)
    written_.insert_or_assign(name, key);
  return key.has_value();
}

SubjectKeys::Digests OverlaidKeys::destroy(std::span<const SubjectName> names) {
  Digests digests;
  for (const auto& name : names) {
    SubjectKey key;
    const bool is_present = find(name, key) == Standing::present;
    digests.push_back(is_present ? std::optional(digest_of(key)) : std::nullopt);
    written_.insert_or_assign(name, std::nullopt);
  }
  count_destroyed();
  return digests;
}

}  // namespace gatehouse
