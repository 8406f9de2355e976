// The allow list of an app on an account: who stands on it, and how folds write it. An entry is a user, a group, or the address of somebody who is
// no member yet (D6). Its key is the text of state_keys::entry_of_*; the same key is never on a list twice.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "domain/decide.hpp"

namespace gatehouse {

[[nodiscard]] std::string key_of(const AllowListEntry& entry);

// Nothing for a group entry that was made for an earlier group of the same id: it names nobody.
[[nodiscard]] std::optional<AllowListRow> entry_in_force(const State& state, const AppId& app, std::string_view key);
[[nodiscard]] bool has_entries(const State& state, const AppId& app);

// Whether the member stands on the list: by an entry of his own, by his address, or by a group that he is in. Says nothing of pre-approval.
[[nodiscard]] bool is_listed(const State& state, const AppId& app, const UserId& user, const MemberRow& member);

// The folds' part. Writing an entry that is there already replaces it; erasing or binding one that is not there does nothing.
void put_entry(Table& rows, const EventContext& context, const AppId& app, const AllowListEntry& entry);
void bind_entry(Table& rows, const EventContext& context, const AppId& app, const EntryId& entry, const UserId& user);
void erase_entry(Table& rows, const EventContext& context, const AppId& app, const EntryId& entry);

}  // namespace gatehouse
