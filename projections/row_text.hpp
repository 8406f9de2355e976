// A stored row as text, a line for each member, so that a difference between two rows can be read.
#pragma once
#include <boost/describe/enum_to_string.hpp>
#include <boost/mp11/algorithm.hpp>
#include <string>
#include <string_view>
#include <type_traits>

#include "events/archive.hpp"

namespace gatehouse {

namespace detail {

template <class T>
void append_row_text(std::string& to, const std::string& path, const T& value);

template <class Tag>
void append_row_text(std::string& to, const std::string& path, const Id<Tag>& id) {
  to += path + " = " + id.value + "\n";
}

inline void append_row_text(std::string& to, const std::string& path, const std::string& text) {
  to += path + " = " + text + "\n";
}

inline void append_row_text(std::string& to, const std::string& path, const PersonalText& value) {
  to += path + " = " + value.text + " (of " + value.subject + ")\n";
}

inline void append_row_text(std::string& to, const std::string& path, const Uuid& uuid) {
  to += path + " = " + to_text(uuid) + "\n";
}

template <class T>
void append_row_text(std::string& to, const std::string& path, const std::vector<T>& values) {
  to += path + ".size = " + std::to_string(values.size()) + "\n";
  for (std::size_t index = 0; index < values.size(); ++index) {
    append_row_text(to, path + "[" + std::to_string(index) + "]", values[index]);
  }
}

template <class T>
void append_row_text(std::string& to, const std::string& path, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    to += path + (value ? " = true\n" : " = false\n");
  } else if constexpr (std::is_integral_v<T>) {
    to += path + " = " + std::to_string(value) + "\n";
  } else if constexpr (std::is_enum_v<T>) {
    to += path + " = " + boost::describe::enum_to_string(value, "?") + "\n";
  } else {
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
      append_row_text(to, path.empty() ? std::string(member.name) : path + "." + member.name, value.*member.pointer);
    });
  }
}

}  // namespace detail

template <class Row>
[[nodiscard]] std::string row_text(std::string_view value) {
  const auto row = unpack<Row>(value);
  if (!row) return "not a row of its kind\n";
  std::string text;
  detail::append_row_text(text, std::string(), *row);
  return text;
}

}  // namespace gatehouse
