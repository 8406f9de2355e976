// What the name of an OAuth scope says: its level, what it acts on, and which role privilege grants it. Forms (vendor's developer pages):
// granular service:action:data[:admin|:master], classic resource:action[:admin|:master], and short ones such as zoomapp:inmeeting.
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::catalogue {

// user: own data, any member. admin: the whole account. master: sub-accounts, the owner alone.
BOOST_DEFINE_FIXED_ENUM_CLASS(ScopeLevel, std::uint8_t, user, admin, master)
[[nodiscard]] std::string_view to_text(ScopeLevel level);

inline constexpr std::size_t scope_bytes_max = 128;

struct Scope {
  std::string name;
  ScopeLevel level{};
  // What a member's role must grant (D15): empty for user level, "owner" for master level, else privileges joined by '+'.
  std::string privilege;
  std::string description;
};

// 1 to 4 parts of [a-z0-9_]{1,64} divided by colons, an "admin" or "master" part nowhere but after the first.
[[nodiscard]] bool is_well_formed(std::string_view name);
[[nodiscard]] ScopeLevel level_of(std::string_view name);
// Everything that follows from a well-formed name: what the catalogue ships was made by this, and so is what it does not know (D31).
[[nodiscard]] Scope describe(std::string_view name);

}  // namespace gatehouse::catalogue
