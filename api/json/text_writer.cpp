#include "api/json/text_writer.hpp"

#include <array>
#include <charconv>
#include <chrono>

namespace gatehouse::api {
namespace {

void append_escape(std::string& out, char character) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (character) {
    case '"': out.append("\\\""); return;
    case '\\': out.append("\\\\"); return;
    case '\n': out.append("\\n"); return;
    case '\r': out.append("\\r"); return;
    case '\t': out.append("\\t"); return;
    case '\b': out.append("\\b"); return;
    case '\f': out.append("\\f"); return;
    default: break;
  }
  const auto code = static_cast<unsigned char>(character);
  out.append("\\u00").push_back(hex[code >> 4]);
  out.push_back(hex[code & 0x0f]);
}

bool needs_escape(char character) {
  return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

template <class Number>
void append_digits(std::string& out, Number number) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_padded(std::string& out, std::uint64_t number, std::size_t width) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  const auto length = static_cast<std::size_t>(end - digits.data());
  if (length < width) out.append(width - length, '0');
  out.append(digits.data(), length);
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t clean = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!needs_escape(text[at])) continue;
    out.append(text, clean, at - clean);
    append_escape(out, text[at]);
    clean = at + 1;
  }
  out.append(text, clean);
  out.push_back('"');
}

void append_number(std::string& out, std::uint64_t number) { append_digits(out, number); }
void append_number(std::string& out, std::int64_t number) { append_digits(out, number); }

std::string time_text(Timestamp time) {
  using namespace std::chrono;
  const sys_time<milliseconds> instant{milliseconds{time.unix_ms}};
  const auto midnight = floor<days>(instant);
  const year_month_day date{midnight};
  const hh_mm_ss clock{instant - midnight};
  std::string text;
  text.reserve(24);
  append_padded(text, static_cast<std::uint64_t>(int{date.year()}), 4);
  text.push_back('-');
  append_padded(text, unsigned{date.month()}, 2);
  text.push_back('-');
  append_padded(text, unsigned{date.day()}, 2);
  text.push_back('T');
  append_padded(text, static_cast<std::uint64_t>(clock.hours().count()), 2);
  text.push_back(':');
  append_padded(text, static_cast<std::uint64_t>(clock.minutes().count()), 2);
  text.push_back(':');
  append_padded(text, static_cast<std::uint64_t>(clock.seconds().count()), 2);
  text.push_back('.');
  append_padded(text, static_cast<std::uint64_t>(clock.subseconds().count()), 3);
  text.push_back('Z');
  return text;
}

void append_time(std::string& out, Timestamp time) {
  out.push_back('"');
  out.append(time_text(time));
  out.push_back('"');
}

void append_separator(std::string& out) {
  if (!out.empty() && out.back() != '{' && out.back() != '[') out.push_back(',');
}

void append_key(std::string& out, std::string_view name) {
  append_separator(out);
  append_text(out, name);
  out.push_back(':');
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char byte : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(byte);
    for (held += 8; held >= 6; held -= 6) text.push_back(alphabet[(bits >> (held - 6)) & 0x3f]);
  }
  if (held > 0) text.push_back(alphabet[(bits << (6 - held)) & 0x3f]);
  while (text.size() % 4 != 0) text.push_back('=');
  return text;
}

}  // namespace gatehouse::api
