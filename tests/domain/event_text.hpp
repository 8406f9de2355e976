// Events and other described structs as readable text, so that a failed comparison shows what differs.
#pragma once
#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "events/envelope.hpp"
#include "events/event.hpp"

namespace gatehouse::test {

inline std::string text_of(const std::string& value) { return "\"" + value + "\""; }
inline std::string text_of(bool value) { return value ? "true" : "false"; }
inline std::string text_of(const PersonalText& value) { return value.subject + ":\"" + value.text + "\""; }
inline std::string text_of(const Uuid& value) { return to_text(value); }
inline std::string text_of(const Timestamp& value) { return std::to_string(value.unix_ms) + "ms"; }
template <class Tag>
std::string text_of(const Id<Tag>& id) {
  return id.value;
}

template <class T>
requires(std::is_integral_v<T> && !std::same_as<T, bool>)
std::string text_of(T value) {
  return std::to_string(value);
}

template <class T>
requires std::is_enum_v<T>
std::string text_of(T value) {
  return boost::describe::enum_to_string(value, "?");
}

template <class T>
requires boost::describe::has_describe_members<T>::value
std::string text_of(const T& value);

template <class T>
std::string text_of(const std::vector<T>& values) {
  std::string text = "[";
  for (const auto& value : values) text += (text.size() > 1 ? ", " : "") + text_of(value);
  return text + "]";
}

template <class T>
std::string text_of(const std::optional<T>& value) {
  return value ? text_of(*value) : "nothing";
}

template <class T>
requires boost::describe::has_describe_members<T>::value
std::string text_of(const T& value) {
  std::string text;
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
    text += (text.empty() ? "" : ", ") + std::string(member.name) + "=" + text_of(value.*member.pointer);
  });
  return "{" + text + "}";
}

inline std::string text_of(const Event& event) {
  return std::string(name_of(event)) + std::visit([](const auto& one) { return text_of(one); }, event);
}

}  // namespace gatehouse::test
