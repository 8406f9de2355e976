#include "api/queries/queries.hpp"
#include "api/route_table.hpp"

namespace gatehouse::api {

std::vector<Route> directory_routes() {
  constexpr auto list = Route::Answers::list;
  return {
      {.path = "/v1/accounts/{account_id}/members",
       .name = "listMembers",
       .who = Who::directory_or_view,
       .summary = "Members, by user id, each with role and status.",
       .answers = list,
       .endpoint = Query(list_members)},
      {.path = "/v1/accounts/{account_id}/members/{user_id}",
       .name = "showMember",
       .who = Who::directory_or_view,
       .summary = "One member with role, privileges and groups.",
       .missing = "user_not_found",
       .endpoint = Query(show_member)},
      {.path = "/v1/accounts/{account_id}/roles",
       .name = "listRoles",
       .who = Who::directory_or_view,
       .summary = "Roles with their privileges, the built-in ones included.",
       .answers = list,
       .endpoint = Query(list_roles)},
      {.path = "/v1/accounts/{account_id}/roles/{role_id}",
       .name = "showRole",
       .who = Who::directory_or_view,
       .summary = "One role with its privileges.",
       .missing = "role_not_found",
       .endpoint = Query(show_role)},
      {.path = "/v1/accounts/{account_id}/groups",
       .name = "listGroups",
       .who = Who::directory_or_view,
       .summary = "Groups, by group id.",
       .answers = list,
       .endpoint = Query(list_groups)},
      {.path = "/v1/accounts/{account_id}/groups/{group_id}",
       .name = "showGroup",
       .who = Who::directory_or_view,
       .summary = "One group with its first 1,000 members; all of them: /members below it.",
       .missing = "group_not_found",
       .endpoint = Query(show_group)},
      {.path = "/v1/accounts/{account_id}/groups/{group_id}/members",
       .name = "listGroupMembers",
       .who = Who::directory_or_view,
       .summary = "Members of one group, by user id.",
       .answers = list,
       .missing = "group_not_found",
       .endpoint = Query(list_group_members)},
  };
}

}  // namespace gatehouse::api
