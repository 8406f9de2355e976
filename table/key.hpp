// Builds table keys whose byte order is the order of their parts: text parts end with a zero byte (no part may hold one;
// identifiers and normalised e-mails cannot), numbers are eight big-endian bytes.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse {

// Behind a key that was built: a part as Key::text and Key::number append it.
void append_key_text(std::string& key, std::string_view text);
void append_key_number(std::string& key, std::uint64_t number);

class Key {
 public:
  explicit Key(char tag);
  Key&& text(std::string_view part) &&;
  Key&& number(std::uint64_t part) &&;
  // Numbers that sort newest first.
  Key&& descending(std::uint64_t part) && { return std::move(*this).number(~part); }
  [[nodiscard]] std::string take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Takes a key apart again, in the order it was built. The caller knows the shape; a key that does not have it is a bug.
class KeyParts {
 public:
  explicit KeyParts(std::string_view key);
  std::string_view text();
  std::uint64_t number();
  std::uint64_t descending() { return ~number(); }
  [[nodiscard]] bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace gatehouse
