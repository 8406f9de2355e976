// What the rows of a table look like, for tools that show them to people.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gatehouse {

struct RowShape {
  char tag{};              // the first byte of the key
  std::string_view name;   // what such a row is, for example "member"
  std::string_view parts;  // of the key after the tag: t text, n number, d descending number, r the rest as it is
  std::string (*text_of)(std::string_view value) =
      nullptr;  // the value as lines of `member = value`; none: shown as bytes
};

// "member acme/alice". Total: bytes that fit no shape are shown as they are.
[[nodiscard]] std::string describe_key(std::span<const RowShape> shapes, std::string_view key);
[[nodiscard]] std::string describe_value(std::span<const RowShape> shapes, std::string_view key,
                                         std::string_view value);

}  // namespace gatehouse
