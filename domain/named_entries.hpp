// The users, addresses and groups that a command names for an allow list, checked and turned into entries (R20, D6). All or nothing: every name that
// cannot stand is pointed at.
#pragma once
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "domain/decide.hpp"

namespace gatehouse {

struct EntryNames {
  const std::optional<std::vector<std::string>>& emails;
  const std::optional<std::vector<UserId>>& user_ids;
  const std::optional<std::vector<GroupId>>& group_ids;

  [[nodiscard]] std::size_t size() const;
};

// `entry` carries the id it stands on the list with, or a new one.
struct NamedEntry {
  AllowListEntry entry;
  bool listed{};
};

// An address that a member has becomes the member's entry. 404 user_not_found, group_not_found; 422 invalid_email, duplicate_entry, too_many_items.
[[nodiscard]] tl::expected<std::vector<NamedEntry>, Rejection> entries_to_add(const State& state,
                                                                              const DecisionContext& context,
                                                                              const AppId& app, const EntryNames& names);

// Names may be of users and groups that are gone; each must be on the list. 404 entry_not_found; 422 as above.
[[nodiscard]] tl::expected<std::vector<NamedEntry>, Rejection> entries_to_remove(const State& state, const AppId& app,
                                                                                 const EntryNames& names);

[[nodiscard]] std::vector<AllowListEntry> new_ones(const std::vector<NamedEntry>& entries);
[[nodiscard]] std::vector<std::string> ids_of(const std::vector<NamedEntry>& entries);

}  // namespace gatehouse
