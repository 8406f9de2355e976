// The apps that were added for the members of a group, for who joins it later or returns (D14).
#pragma once
#include "domain/decide.hpp"

namespace gatehouse {

// Gives the user a subscription of each app added for the group that he has no live one of. O(apps added for the group).
void add_group_apps(Table& rows, const EventContext& context, const GroupId& group, const UserId& user);
// The same of all groups of somebody who returns, for what was added while he was away: since this version of the account.
void add_missed_group_apps(Table& rows, const EventContext& context, const UserId& user, std::uint64_t away_since);

}  // namespace gatehouse
