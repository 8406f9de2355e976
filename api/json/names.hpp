// The names that described members and enumerators have in JSON: their own, without the trailing underscore that keeps some
// of them from being C++ keywords.
#pragma once
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse::api {

[[nodiscard]] constexpr std::string_view json_name(std::string_view name) {
  if (name.ends_with('_')) name.remove_suffix(1);
  return name;
}

// Empty for a number that no enumerator has.
template <class Enum>
[[nodiscard]] std::string_view enum_name(Enum value) {
  std::string_view name;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto enumerator) {
    if (enumerator.value == value) name = json_name(enumerator.name);
  });
  return name;
}

template <class Enum>
[[nodiscard]] std::vector<std::string_view> enum_names() {
  std::vector<std::string_view> names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
      [&](auto enumerator) { names.push_back(json_name(enumerator.name)); });
  return names;
}

template <class Enum>
[[nodiscard]] std::optional<Enum> enum_named(std::string_view name) {
  std::optional<Enum> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto enumerator) {
    if (json_name(enumerator.name) == name) found = enumerator.value;
  });
  return found;
}

}  // namespace gatehouse::api
