// Folds of a member's coming, changing and going. The indexes (address, role, open requests, groups) hold those alone who are there; the member's
// row stays.
#include <optional>

#include "domain/folds.hpp"
#include "domain/group_apps.hpp"
#include "domain/group_rows.hpp"
#include "domain/request.hpp"
#include "domain/request_settlement.hpp"
#include "domain/role_rows.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"
#include "domain/subscription_rows.hpp"

namespace gatehouse {

namespace {

void put_member(Table& rows, const EventContext& context, const UserId& user, MemberRow& member) {
  member.version = context.account_version;
  put_row(rows, state_keys::member(context.stream, user), member);
}

template <class Change>
void change_member(Table& rows, const EventContext& context, const UserId& user, Change change) {
  auto member = State(rows, context.stream).member(user);
  if (!member)
    return;
  change(*member);
  put_member(rows, context, user, *member);
}

void count_active(Table& rows, const EventContext& context, bool was_active, bool is_active) {
  if (was_active == is_active)
    return;
  auto account = State(rows, context.stream).account().value_or(AccountRow{});
  account.active_members += is_active ? 1U : static_cast<std::uint64_t>(-1);
  put_row(rows, state_keys::account(context.stream), account);
}

void erase_email(Table& rows, const EventContext& context, const UserId& user, const PersonalText& email) {
  const auto key = state_keys::email(context.stream, email.found_by());
  if (rows.get(key) == user.value)
    rows.erase(key);
}

// Remembered for the day when the member is erased.
void leave_email(Table& rows, const EventContext& context, const UserId& user, const PersonalText& before,
                 const PersonalText& now) {
  erase_email(rows, context, user, before);
  if (before.found_by() != now.found_by())
    rows.put(state_keys::former_address(context.stream, user, before.found_by()), {});
}

// Writes the rows alone: the caller settles the counters around it. What follows from everyone gets a row of its own, which tells that it has ended. The catalogue
// has a stream of its own, which this fold does not look at.
void end_user_subscriptions(Table& rows, const EventContext& context, const UserId& user) {
  const State state(rows, context.stream);
  const auto member = state.member(user);
  const std::optional<AppRow> any_app;
  for (const auto& app : apps_with_subscriptions(state, user)) {
    const auto governed = state.governed_app(app);
    auto had = user_subscription_from({any_app, governed, member}, app, user, state.user_subscription(app, user));
    if (!had || !had->live)
      continue;
    auto& row = had->row;
    row.ended_version = row.version = context.account_version;
    row.ended_cause = UninstallCause::member_removed;
    row.ended_at = context.recorded_at;
    write_subscription(rows, context.stream, app, user, row);
  }
}

void withdraw_requests(Table& rows, const EventContext& context, const UserId& user, DecisionRoute via) {
  for (const auto& request : pending_requests_of_user(State(rows, context.stream), user))
    settle_request(rows, context, request.details.request_id, {RequestStatus::withdrawn, {}, {}, via});
}

}  // namespace

void evolve_one(Table& rows, const EventContext& context, const MemberAdded& event) {
  const auto earlier = State(rows, context.stream).member(event.user_id);
  change_member_subscriptions(rows, context, event.user_id, [&] {
    const bool was_active = earlier && earlier->status == MemberStatus::active;
    const bool returns = earlier && earlier->status != MemberStatus::removed;
    if (earlier)
      leave_email(rows, context, event.user_id, earlier->email, event.email);
    if (was_active)
      remove_role_holder(rows, context.stream, earlier->role_id, event.user_id);
    MemberRow member{.role_id = event.role_id,
                     .email = event.email,
                     .name = event.name,
                     .department = event.department,
                     .status = MemberStatus::active,
                     .joined_version = context.account_version,
                     .joined_at = context.recorded_at,
                     .member_since_version = returns ? earlier->member_since_version : context.account_version,
                     .member_since = returns ? earlier->member_since : context.recorded_at,
                     .deactivated_version = 0,
                     .version = 0};
    put_member(rows, context, event.user_id, member);
    rows.put(state_keys::email(context.stream, member.email.found_by()), event.user_id.value);
    add_role_holder(rows, context.stream, member.role_id, event.user_id);
    count_active(rows, context, was_active, true);
  });
  if (earlier && earlier->status == MemberStatus::deactivated)
    add_missed_group_apps(rows, context, event.user_id, earlier->deactivated_version);
}

void evolve_one(Table& rows, const EventContext& context, const MemberEmailChanged& event) {
  change_member(rows, context, event.user_id, [&](MemberRow& member) {
    leave_email(rows, context, event.user_id, member.email, event.email);
    member.email = event.email;
    rows.put(state_keys::email(context.stream, member.email.found_by()), event.user_id.value);
  });
}

void evolve_one(Table& rows, const EventContext& context, const MemberProfileChanged& event) {
  change_member(rows, context, event.user_id, [&](MemberRow& member) {
    member.name = event.name;
    member.department = event.department;
  });
}

// Subscriptions, groups and the address stay: the member may return.
void evolve_one(Table& rows, const EventContext& context, const MemberDeactivated& event) {
  withdraw_requests(rows, context, event.user_id, DecisionRoute::member_deactivated);
  change_member_subscriptions(rows, context, event.user_id, [&] {
    change_member(rows, context, event.user_id, [&](MemberRow& member) {
      const bool was_active = member.status == MemberStatus::active;
      if (was_active)
        remove_role_holder(rows, context.stream, member.role_id, event.user_id);
      count_active(rows, context, was_active, false);
      member.status = MemberStatus::deactivated;
      member.deactivated_version = context.account_version;
    });
  });
}

void evolve_one(Table& rows, const EventContext& context, const MemberRemoved& event) {
  withdraw_requests(rows, context, event.user_id, DecisionRoute::member_removed);
  change_member_subscriptions(rows, context, event.user_id, [&] {
    end_user_subscriptions(rows, context, event.user_id);
    change_member(rows, context, event.user_id, [&](MemberRow& member) {
      const bool was_active = member.status == MemberStatus::active;
      if (was_active)
        remove_role_holder(rows, context.stream, member.role_id, event.user_id);
      count_active(rows, context, was_active, false);
      erase_email(rows, context, event.user_id, member.email);
      member.status = MemberStatus::removed;
    });
  });
  leave_all_groups(rows, context, event.user_id);
}

void evolve_one(Table& rows, const EventContext& context, const RoleAssigned& event) {
  change_member(rows, context, event.user_id, [&](MemberRow& member) {
    const bool active = member.status == MemberStatus::active;
    if (active)
      remove_role_holder(rows, context.stream, member.role_id, event.user_id);
    member.role_id = event.role_id;
    if (active)
      add_role_holder(rows, context.stream, member.role_id, event.user_id);
  });
  make_owner_if(rows, context.stream, event.role_id, event.user_id);
}

}  // namespace gatehouse
