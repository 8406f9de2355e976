// JSON to described structs: every member by its name, none unknown, none missing but optional ones, and all that is wrong
// told at once. The rules of single members are in api/json/member_rules.
#pragma once
#include <boost/describe/members.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "api/json/described_writer.hpp"
#include "api/json/field_errors.hpp"
#include "api/json/names.hpp"
#include "api/json/plain_values.hpp"

namespace gatehouse::api {

// Members read by somebody else: a type that is no described struct names its reader by specialising this with
// `static bool read(const boost::json::value&, T&, const Place&, Reading&)`.
template <class T>
struct ForeignReader;

template <class T, class Reading>
concept HasForeignReader = requires(const boost::json::value& value, T& out, const Place& place, Reading& reading) {
  ForeignReader<T>::read(value, out, place, reading);
};

namespace detail {

template <class T, class Reading>
bool read_list(const boost::json::value& value, std::vector<T>& out, const Place& place, Reading& reading);
template <class T, class Reading>
bool read_struct(const boost::json::value& value, T& out, const Place& place, Reading& reading,
                 std::string_view ignored = {});

}  // namespace detail

// `reading` holds the FieldErrors as `errors`. False when anything was wrong; `out` is then half filled.
template <class T, class Reading>
bool read_json(const boost::json::value& value, T& out, const Place& place, Reading& reading) {
  if constexpr (std::same_as<T, bool>) {
    const auto read = read_bool(value, place, reading.errors);
    out = read.value_or(false);
    return read.has_value();
  } else if constexpr (std::same_as<T, std::string>) {
    auto read = read_text(value, place, reading.errors);
    if (read)
      out = std::move(*read);
    return read.has_value();
  } else if constexpr (IsId<T>) {
    auto read = read_id(value, place, reading.errors);
    if (read)
      out.value = std::move(*read);
    return read.has_value();
  } else if constexpr (IsDescribedEnum<T>) {
    static const auto names = enum_names<T>();
    const auto read = read_name(value, names, place, reading.errors);
    if (read)
      out = *enum_named<T>(names[*read]);
    return read.has_value();
  } else if constexpr (IsOptional<T>) {
    return read_json(value, out.emplace(), place, reading);
  } else if constexpr (HasForeignReader<T, Reading>) {
    return ForeignReader<T>::read(value, out, place, reading);
  } else if constexpr (IsDescribed<T>) {
    return detail::read_struct(value, out, place, reading);
  } else {
    return detail::read_list(value, out, place, reading);
  }
}

namespace detail {

template <class T, class Reading>
bool read_list(const boost::json::value& value, std::vector<T>& out, const Place& place, Reading& reading) {
  if (!check_list(value, place, reading.errors))
    return false;
  bool good = true;
  const auto& items = value.get_array();
  out.reserve(items.size());
  for (std::size_t index = 0; index < items.size(); ++index) {
    good = read_json(items[index], out.emplace_back(), Place(place, index), reading) && good;
  }
  return good;
}

template <class T>
bool is_member_of(std::string_view name) {
  bool found = false;
  boost::mp11::mp_for_each<PublicMembers<T>>([&](auto member) { found = found || json_name(member.name) == name; });
  return found;
}

template <class T>
std::vector<std::string_view> members_of() {
  std::vector<std::string_view> names;
  boost::mp11::mp_for_each<PublicMembers<T>>([&](auto member) { names.push_back(json_name(member.name)); });
  return names;
}

template <class T, class Reading>
bool read_struct(const boost::json::value& value, T& out, const Place& place, Reading& reading,
                 std::string_view ignored) {
  if (!check_object(value, place, reading.errors))
    return false;
  const auto& object = value.get_object();
  bool good = true;
  for (const auto& given : object) {
    const std::string_view name(given.key().data(), given.key().size());
    if (name == ignored || is_member_of<T>(name))
      continue;
    reading.errors.unknown_field(Place(place, name), members_of<T>());
    good = false;
  }
  boost::mp11::mp_for_each<PublicMembers<T>>([&](auto member) {
    auto& held = out.*member.pointer;
    const auto name = json_name(member.name);
    const Place here(place, name);
    if (const auto* given = object.if_contains(boost::json::string_view(name.data(), name.size()))) {
      good = read_json(*given, held, here, reading) && good;
    } else if (!IsOptional<std::remove_cvref_t<decltype(held)>>) {
      reading.errors.invalid_field(here, "Is missing.");
      good = false;
    }
  });
  return good;
}

}  // namespace detail

}  // namespace gatehouse::api
