// Writing groups, for folds: memberships in both directions, counted on the group. A membership is kept under the version its group was made at,
// so that removing a group of any size is one row and a later one with the same id starts empty.
#pragma once
#include "domain/decide.hpp"

namespace gatehouse {

// No effect when the group is not there, or the user in it already (or not in it).
void join_group(Table& rows, const EventContext& context, const GroupId& group, const UserId& user);
void leave_group(Table& rows, const EventContext& context, const GroupId& group, const UserId& user);
void leave_all_groups(Table& rows, const EventContext& context, const UserId& user);

}  // namespace gatehouse
