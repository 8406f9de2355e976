// What holds for a member of a command wherever it stands: what it means, how long its text may be, how many items its
// list may have. One table, read by the reader of commands and by the OpenAPI document. Lengths count Unicode characters.
#pragma once
#include <cstddef>
#include <span>
#include <string_view>

namespace gatehouse::api {

struct MemberRule {
  std::string_view name;
  std::string_view meaning;
  std::size_t text_max = 256;    // of the text, or of each text in the list
  std::size_t items_min = 0;
  std::size_t items_max = 1'000;
};

[[nodiscard]] std::span<const MemberRule> member_rules();
// A member that the table does not name has the defaults and no meaning.
[[nodiscard]] const MemberRule& member_rule(std::string_view name);

}  // namespace gatehouse::api
