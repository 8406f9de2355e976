// What the rows of a table look like, for tools that show them to people and for work that goes account by account.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gatehouse {

struct RowShape {
  char tag{};                      // the first byte of the key
  std::string_view name;           // what such a row is, for example "member"
  std::string_view parts;          // of the key after the tag: t text, n number, d descending number
  bool of_account = true;          // the first part is an account; otherwise the row belongs to the catalogue
  std::string (*text_of)(std::string_view value) = nullptr;  // the value as lines of `member = value`; none: shown as bytes
};

// "member acme/alice". Total: bytes that fit no shape are shown as they are.
[[nodiscard]] std::string describe_key(std::span<const RowShape> shapes, std::string_view key);
[[nodiscard]] std::string describe_value(std::span<const RowShape> shapes, std::string_view key, std::string_view value);

// The stream whose events alone make this row: an account, or the catalogue's.
[[nodiscard]] std::string_view stream_of_row(std::span<const RowShape> shapes, std::string_view key);

}  // namespace gatehouse
