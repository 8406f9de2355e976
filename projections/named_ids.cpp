#include "projections/named_ids.hpp"

#include <algorithm>
#include <boost/mp11/algorithm.hpp>

namespace gatehouse {

namespace {

void collect(NamedIds& ids, const AppId& app) { ids.apps.push_back(app.value); }
void collect(NamedIds& ids, const UserId& user) { ids.users.push_back(user.value); }

template <class T>
void collect(NamedIds& ids, const std::vector<T>& values);

template <class T>
void collect(NamedIds& ids, const T& value) {
  if constexpr (boost::describe::has_describe_members<T>::value) {
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) { collect(ids, value.*member.pointer); });
  }
}

template <class T>
void collect(NamedIds& ids, const std::vector<T>& values) {
  for (const auto& value : values)
    collect(ids, value);
}

void keep_each_once(NamedIds::Ids& ids) {
  std::ranges::sort(ids);
  const auto repeated = std::ranges::unique(ids);
  ids.erase(repeated.begin(), repeated.end());
  if (!ids.empty() && ids.front().empty())
    ids.erase(ids.begin());
}

}  // namespace

NamedIds named_ids(const Event& event) {
  NamedIds ids;
  std::visit([&](const auto& data) { collect(ids, data); }, event);
  keep_each_once(ids.apps);
  keep_each_once(ids.users);
  return ids;
}

}  // namespace gatehouse
