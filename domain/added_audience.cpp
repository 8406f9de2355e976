#include "domain/added_audience.hpp"

#include "domain/allow_list.hpp"
#include "domain/subscription_id.hpp"

namespace gatehouse {

namespace {

void list(Table& rows, const EventContext& context, const AppId& app, const AllowListEntry& named) {
  if (entry_in_force(State(rows, context.stream), app, key_of(named))) return;
  auto entry = named;
  entry.entry_id = EntryId{derived_subscription_id(context.event_id, app, UserId{key_of(named)}).value};
  put_entry(rows, context, app, entry);
}

}  // namespace

void pre_approve_audience(const EventContext& context, const AppAddedForAudience& event, GovernedAppRow& governed) {
  if (!governed.pre_approval_on) {
    governed.pre_approval_on = true;
    governed.audience = Audience::selected;
    governed.includes_development = event.includes_development;
    governed.approved_scopes = event.approved_scopes;
    governed.approver_id = event.added_by;
    governed.approved_at = context.recorded_at;
  }
  if (event.audience == Audience::everyone) governed.audience = Audience::everyone;
}

void list_audience(Table& rows, const EventContext& context, const AppAddedForAudience& event) {
  for (const auto& user : event.user_ids) list(rows, context, event.app_id, {{}, EntryKind::user, user, {}, {}});
  for (const auto& group : event.group_ids) list(rows, context, event.app_id, {{}, EntryKind::group, {}, group, {}});
}

}  // namespace gatehouse
