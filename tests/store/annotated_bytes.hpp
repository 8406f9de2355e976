// Bytes as people read them: sixteen a line, each part with its name and value beside it.
#pragma once
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include "events/archive.hpp"
#include "events/envelope.hpp"
#include "events/little_endian.hpp"

namespace gatehouse::testing {

struct Part {
  std::string bytes;
  std::string meaning;
};
using Parts = std::vector<Part>;

inline std::string in_hex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    char digits[4];
    std::snprintf(digits, sizeof digits, "%02x ", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    text += digits;
  }
  if (!text.empty())
    text.pop_back();
  return text;
}

// `label` stands before the first line.
inline std::string annotated(std::string label, const Parts& parts) {
  constexpr std::size_t line_bytes = 16;
  constexpr std::size_t label_width = 8;
  std::string text;
  for (const auto& part : parts) {
    for (std::size_t at = 0; at == 0 || at < part.bytes.size(); at += line_bytes) {
      std::string line = label;
      label.clear();
      line.resize(label_width, ' ');
      line += in_hex(std::string_view(part.bytes).substr(at, line_bytes));
      if (at == 0) {
        line.resize(label_width + 3 * line_bytes, ' ');
        line += " " + part.meaning;
      }
      text += line + "\n";
    }
  }
  return text;
}

// Cuts bytes into parts, from the front.
class Cutter {
 public:
  explicit Cutter(std::string_view bytes) : rest_(bytes) {}
  Cutter& take(std::size_t bytes, std::string meaning) {
    parts_.push_back({std::string(rest_.substr(0, bytes)), std::move(meaning)});
    rest_.remove_prefix(std::min(bytes, rest_.size()));
    return *this;
  }
  template <class Number>
  Cutter& number(const std::string& name) {
    const auto value = load_little_endian<Number>(rest_.data());
    return take(sizeof(Number), name + " " + std::to_string(value));
  }
  Cutter& big_endian(const std::string& name) {
    std::uint64_t value = 0;
    for (const char byte : rest_.substr(0, 8)) value = (value << 8) | static_cast<unsigned char>(byte);
    return take(8, name + " " + std::to_string(value));
  }
  // A text part of a key, with the zero byte that ends it.
  Cutter& ended_text() {
    const auto end = rest_.find('\0');
    return take(end + 1, "\"" + std::string(rest_.substr(0, end)) + "\"");
  }
  // A text after its length.
  Cutter& counted_text(const std::string& name) {
    const auto length = load_little_endian<std::uint32_t>(rest_.data());
    return take(4 + length, name + " \"" + std::string(rest_.substr(4, length)) + "\"");
  }
  Cutter& text() { return rest_.empty() ? *this : take(rest_.size(), "\"" + std::string(rest_) + "\""); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] Parts parts() const { return parts_; }

 private:
  std::string_view rest_;
  Parts parts_;
};

// A described struct in the encoding of bodies and rows, member by member.
template <class T>
Parts parts_of(const T& value) {
  Parts parts;
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
    const auto& held = value.*member.pointer;
    std::string meaning = member.name;
    if constexpr (requires { std::string_view(held); }) meaning += " \"" + std::string(held) + "\"";
    if constexpr (requires { std::string_view(held.value); }) meaning += " \"" + held.value + "\"";
    if constexpr (requires { std::to_string(held); }) meaning += " " + std::to_string(held);
    if constexpr (requires { held.unix_ms; }) meaning += " " + std::to_string(held.unix_ms);
    if constexpr (requires { held.size(); held.front(); } && !requires { std::string_view(held); })
      meaning += ": " + std::to_string(held.size()) + " elements";
    parts.push_back({pack(held), meaning});
  });
  return parts;
}

}  // namespace gatehouse::testing
