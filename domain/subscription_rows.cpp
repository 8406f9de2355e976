#include "domain/subscription_rows.hpp"

#include <set>
#include <utility>

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
  std::uint64_t everyone_deactivated{};
  std::uint64_t everyone_suspended{};
};

Share share_of(const GovernedAppRow& governed, const std::optional<MemberRow>& member,
               const std::optional<SubscriptionRow>& own) {
  Share share;
  // A withdrawn app's subscriptions keep their share: whoever shows counts of such an app shows none.
  const auto standing = standing_of(governed, member, own);
  if (!standing)
    return share;
  if (standing->derived) {
    share.everyone_deactivated = member->status == MemberStatus::deactivated ? 1 : 0;
    share.everyone_suspended = standing->suspended ? 1 : 0;
    return share;
  }
  const bool development = standing->credentials == Credentials::development;
  share.live = standing->live ? 1 : 0;
  share.live_development = standing->live && development ? 1 : 0;
  share.suspended = standing->suspended ? 1 : 0;
  share.suspended_development = standing->suspended && development ? 1 : 0;
  if (!member || member->status != MemberStatus::active)
    return share;
  share.live_members = standing->live ? 1 : 0;
  share.overrides = standing->live || !governed.everyone_grants.empty() ? 1 : 0;
  return share;
}

void settle(std::uint64_t& counter, std::uint64_t before, std::uint64_t after) {
  GATEHOUSE_ASSERT(counter + after >= before);
  counter = counter + after - before;
}

void settle(GovernedAppRow& governed, const Share& before, const Share& after) {
  settle(governed.live, before.live, after.live);
  settle(governed.live_development, before.live_development, after.live_development);
  settle(governed.suspended, before.suspended, after.suspended);
  settle(governed.suspended_development, before.suspended_development, after.suspended_development);
  settle(governed.live_members, before.live_members, after.live_members);
  settle(governed.overrides, before.overrides, after.overrides);
  settle(governed.everyone_deactivated, before.everyone_deactivated, after.everyone_deactivated);
  settle(governed.everyone_suspended, before.everyone_suspended, after.everyone_suspended);
}

}  // namespace

UserSubscription::UserSubscription(Table& rows, const EventContext& context, const AppId& app, const UserId& user)
    : rows_(rows), context_(context), app_(app), user_(user) {
  const State state(rows, context.stream);
  governed_ = state.governed_app(app);
  member_ = state.member(user);
  own_ = state.user_subscription(app, user);
}

std::optional<Subscription> UserSubscription::present() const {
  if (!standing_of(governed_, member_, own_))
    return std::nullopt;
  return user_subscription_from({State(rows_, context_.stream).app(app_), governed_, member_}, app_, user_, own_);
}

bool UserSubscription::has_live() const {
  const auto standing = standing_of(governed_, member_, own_);
  return standing && standing->live;
}

void UserSubscription::write(SubscriptionRow row) {
  const auto before = share_of(governed_, member_, own_);
  own_ = std::move(row);
  write_subscription(rows_, context_.stream, app_, user_, *own_);
  settle(governed_, before, share_of(governed_, member_, own_));
  governed_.version = context_.account_version;
  put_row(rows_, state_keys::governed_app(context_.stream, app_), governed_);
}

void change_member_subscriptions(Table& rows, const EventContext& context, const UserId& user,
                                 const std::function<void()>& change) {
  const State state(rows, context.stream);
  std::vector<std::pair<AppId, Share>> before;
  const auto apps = apps_with_subscriptions(state, user);
  if (!apps.empty()) {
    const auto member = state.member(user);
    for (const auto& app : apps)
      before.emplace_back(app, share_of(state.governed_app(app), member, state.user_subscription(app, user)));
  }
  change();
  if (before.empty())
    return;
  const auto member = state.member(user);
  for (const auto& [app, share] : before) {
    auto governed = state.governed_app(app);
    settle(governed, share, share_of(governed, member, state.user_subscription(app, user)));
    governed.version = context.account_version;
    put_row(rows, state_keys::governed_app(context.stream, app), governed);
  }
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
  UserSubscription subscription(rows, context, app, user);
  auto present = subscription.present();
  if (!present || !present->live)
    return;
  auto& row = present->row;
  row.ended_version = row.version = context.account_version;
  row.ended_cause = cause;
  row.ended_at = context.recorded_at;
  subscription.write(std::move(row));
}

void lift_suspension(Table& rows, const EventContext& context, const AppId& app, const UserId& user) {
  UserSubscription subscription(rows, context, app, user);
  auto present = subscription.present();
  if (!present || !present->live || !present->has(SuspensionCause::pre_approval_off))
    return;
  present->row.lifted_version = present->row.version = context.account_version;
  subscription.write(std::move(present->row));
}

}  // namespace gatehouse
