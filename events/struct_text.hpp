// A described struct as text, a line for each value, so that people can read what is stored and compare two of them. Bytes that are not
// printable ASCII are escaped, so that a difference shows and no stored text commands a terminal.
#pragma once
#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "events/ids.hpp"
#include "events/personal_text.hpp"

namespace gatehouse {

namespace detail {

inline std::string in_quotes(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\') {
      result.push_back(c);
    } else {
      result.append("\\x").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
  }
  return result + "\"";
}

// Adds `path = value` lines to `to`.
template <class T>
void append_text(std::string& to, const std::string& path, const T& value);

template <class Element>
void append_value(std::string& to, const std::string& path, const std::vector<Element>& values) {
  to += path + ": " + std::to_string(values.size()) + "\n";
  for (std::size_t index = 0; index < values.size(); ++index) {
    append_text(to, path + "[" + std::to_string(index) + "]", values[index]);
  }
}

template <class Value>
void append_value(std::string& to, const std::string& path, const std::optional<Value>& value) {
  if (value) {
    append_text(to, path, *value);
  } else {
    to += path + ": none\n";
  }
}

template <class Tag>
void append_value(std::string& to, const std::string& path, const Id<Tag>& id) {
  to += path + " = " + in_quotes(id.value) + "\n";
}

inline void append_value(std::string& to, const std::string& path, const Uuid& uuid) {
  to += path + " = " + to_text(uuid) + "\n";
}

inline void append_value(std::string& to, const std::string& path, const std::string& text) {
  to += path + " = " + in_quotes(text) + "\n";
}

inline void append_value(std::string& to, const std::string& path, const PersonalText& value) {
  const bool is_sealed = !value.sealed.empty();
  to += path + " = personal of " + in_quotes(value.subject) + ": " +
        (is_sealed ? "sealed, " + std::to_string(value.sealed.size()) + " bytes" : in_quotes(value.text)) + "\n";
}

template <class T>
void append_text(std::string& to, const std::string& path, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    to += path + (value ? " = true\n" : " = false\n");
  } else if constexpr (std::is_integral_v<T>) {
    to += path + " = " + std::to_string(value) + "\n";
  } else if constexpr (std::is_enum_v<T>) {
    to += path + " = " + boost::describe::enum_to_string(value, "?") + "\n";
  } else if constexpr (boost::describe::has_describe_members<T>::value) {
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
      append_text(to, path.empty() ? std::string(member.name) : path + "." + member.name, value.*member.pointer);
    });
  } else {
    append_value(to, path, value);
  }
}

}  // namespace detail

template <class T>
[[nodiscard]] std::string struct_text(const T& value) {
  std::string text;
  detail::append_text(text, "", value);
  return text;
}

}  // namespace gatehouse
