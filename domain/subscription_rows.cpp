#include "domain/subscription_rows.hpp"

#include <set>

#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

// What one user adds to the counters of an app's row.
struct Share {
  std::uint64_t live{};
  std::uint64_t live_development{};
  std::uint64_t suspended{};
  std::uint64_t suspended_development{};
  std::uint64_t live_members{};
  std::uint64_t overrides{};
  std::uint64_t everyone_suspended{};
};

Share share_of(const State& state, const AppId& app_id, const GovernedAppRow& governed, const UserId& user) {
  Share share;
  const auto member = state.member(user);
  // A withdrawn app's subscriptions keep their share: whoever shows counts of such an app shows none.
  const std::optional<AppRow> app;
  const auto own = state.user_subscription(app_id, user);
  const auto subscription = user_subscription_from({app, governed, member}, app_id, user, own);
  if (!subscription)
    return share;
  const bool suspended = subscription->has(SuspensionCause::pre_approval_off);
  if (subscription->derived) {
    share.everyone_suspended = suspended ? 1 : 0;
    return share;
  }
  const bool development = subscription->row.credentials == Credentials::development;
  share.live = subscription->live ? 1 : 0;
  share.live_development = subscription->live && development ? 1 : 0;
  share.suspended = subscription->live && suspended ? 1 : 0;
  share.suspended_development = subscription->live && suspended && development ? 1 : 0;
  if (!member || member->status != MemberStatus::active)
    return share;
  share.live_members = subscription->live ? 1 : 0;
  share.overrides = subscription->live || governed.added_for_everyone_version != 0 ? 1 : 0;
  return share;
}

void settle(std::uint64_t& counter, std::uint64_t before, std::uint64_t after) {
  GATEHOUSE_ASSERT(counter + after >= before);
  counter = counter + after - before;
}

void settle_share(Table& rows, const EventContext& context, const AppId& app, const UserId& user, const Share& before) {
  const State state(rows, context.stream);
  auto governed = state.governed_app(app);
  const auto after = share_of(state, app, governed, user);
  settle(governed.live, before.live, after.live);
  settle(governed.live_development, before.live_development, after.live_development);
  settle(governed.suspended, before.suspended, after.suspended);
  settle(governed.suspended_development, before.suspended_development, after.suspended_development);
  settle(governed.live_members, before.live_members, after.live_members);
  settle(governed.overrides, before.overrides, after.overrides);
  settle(governed.everyone_suspended, before.everyone_suspended, after.everyone_suspended);
  governed.version = context.account_version;
  put_row(rows, state_keys::governed_app(context.stream, app), governed);
}

}  // namespace

void change_subscriptions(Table& rows, const EventContext& context, const AppId& app, const UserId& user,
                          const std::function<void()>& change) {
  const State state(rows, context.stream);
  const auto before = share_of(state, app, state.governed_app(app), user);
  change();
  settle_share(rows, context, app, user, before);
}

void change_member_subscriptions(Table& rows, const EventContext& context, const UserId& user,
                                 const std::function<void()>& change) {
  const State state(rows, context.stream);
  std::vector<std::pair<AppId, Share>> before;
  for (auto& app : apps_with_subscriptions(state, user)) {
    auto share = share_of(state, app, state.governed_app(app), user);
    before.emplace_back(std::move(app), share);
  }
  change();
  for (const auto& [app, share] : before)
    settle_share(rows, context, app, user, share);
}

std::vector<AppId> apps_with_subscriptions(const State& state, const UserId& user) {
  std::set<AppId> apps;
  const auto collect = [&apps](std::size_t texts_before) {
    return [&apps, texts_before](std::string_view key, std::string_view) {
      KeyParts parts(key);
      for (std::size_t index = 0; index < texts_before; ++index)
        parts.text();
      apps.emplace(parts.text());
      return true;
    };
  };
  // Who has never been a member has no subscription. A scan costs more than all the reads by key that tell that it would find nothing.
  if (state.member(user))
    state.rows().scan(state_keys::subscriptions_of_user(state.account_id(), user), collect(2));
  if (state.account().value_or(AccountRow{}).apps_for_everyone > 0)
    state.rows().scan(state_keys::apps_for_everyone(state.account_id()), collect(1));
  return {apps.begin(), apps.end()};
}

void mark_for_everyone(Table& rows, const AccountId& account, const AppId& app, bool added) {
  const auto key = state_keys::app_for_everyone(account, app);
  if (rows.get(key).has_value() == added)
    return;
  auto row = State(rows, account).account().value_or(AccountRow{});
  added ? ++row.apps_for_everyone : --row.apps_for_everyone;
  put_row(rows, state_keys::account(account), row);
  added ? rows.put(key, {}) : rows.erase(key);
}

void write_subscription(Table& rows, const AccountId& account, const AppId& app, const UserId& user,
                        const SubscriptionRow& row) {
  put_row(rows, state_keys::user_subscription(account, app, user), row);
  rows.put(state_keys::subscription_of_user(account, user, app), {});
}

void end_subscription(Table& rows, const EventContext& context, const AppId& app, const UserId& user,
                      UninstallCause cause) {
  const State state(rows, context.stream);
  auto subscription = effective_user_subscription(state, app, user);
  if (!subscription || !subscription->live)
    return;
  change_subscriptions(rows, context, app, user, [&] {
    auto& row = subscription->row;
    row.ended_version = row.version = context.account_version;
    row.ended_cause = cause;
    row.ended_at = context.recorded_at;
    write_subscription(rows, context.stream, app, user, row);
  });
}

void lift_suspension(Table& rows, const EventContext& context, const AppId& app, const UserId& user) {
  const State state(rows, context.stream);
  auto subscription = effective_user_subscription(state, app, user);
  if (!subscription || !subscription->live || !subscription->has(SuspensionCause::pre_approval_off))
    return;
  change_subscriptions(rows, context, app, user, [&] {
    subscription->row.lifted_version = subscription->row.version = context.account_version;
    write_subscription(rows, context.stream, app, user, subscription->row);
  });
}

}  // namespace gatehouse
