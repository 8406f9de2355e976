// What the rows of a table look like, for tools that show them to people.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

// A member of a row's type, and the bytes of it in the row's value.
struct RowMember {
  std::string_view name;
  std::string_view bytes;
};

struct RowShape {
  char tag{};              // the first byte of the key
  std::string_view name;   // what such a row is, for example "member"
  std::string_view parts;  // of the key after the tag: t text, n number, d descending number, r the rest as it is
  std::string (*text_of)(std::string_view value) =
      nullptr;  // the value as lines of `member = value`; none: shown as bytes
  std::vector<RowMember> (*members_of)(std::string_view value) = nullptr;  // where the value's members are asked for
};

// Null for a key that fits none.
[[nodiscard]] const RowShape* find_shape(std::span<const RowShape> shapes, std::string_view key);

// With every byte that is not printable ASCII escaped.
[[nodiscard]] std::string readable(std::string_view bytes);
// "member acme/alice". Total: bytes that fit no shape are shown as they are.
[[nodiscard]] std::string describe_key(std::span<const RowShape> shapes, std::string_view key);
[[nodiscard]] std::string describe_value(std::span<const RowShape> shapes, std::string_view key,
                                         std::string_view value);

}  // namespace gatehouse
