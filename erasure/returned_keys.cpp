#include "erasure/returned_keys.hpp"

#include "domain/erasure.hpp"

namespace gatehouse {

std::size_t destroy_returned_keys(const TableReader& state, SubjectKeys& keys) {
  std::vector<SubjectName> names;
  std::size_t returned = 0;
  visit_erasures(state, [&](const AccountId& account, std::string_view subject) {
    SubjectName name{account, std::string(subject)};
    SubjectKey key;
    const auto standing = keys.find(name, key);
    if (standing != SubjectKeys::Standing::destroyed)
      names.push_back(std::move(name));  // where there is none, so that it is told that it is gone
    returned += standing == SubjectKeys::Standing::present ? 1 : 0;
  });
  static_cast<void>(keys.destroy(names));
  return returned;
}

}  // namespace gatehouse
