// Uninstall: for oneself, for one user, or for the whole account. One event each, however many subscriptions it ends (R44, U13).
#include <algorithm>

#include "domain/confirmation.hpp"
#include "domain/refusals.hpp"
#include "domain/rules.hpp"
#include "domain/subscription.hpp"

namespace gatehouse {

namespace {

// What an uninstallation would end, and the version it was counted at.
struct Hit {
  std::uint64_t subscriptions{};
  std::uint64_t version{};
  SubscriptionId subscription_id{};  // of one user
  bool goes_on{};                    // nobody has it, but whoever joins, the account or a group, would
  [[nodiscard]] bool nothing() const { return subscriptions == 0 && !goes_on; }
};

Hit live_of_user(const State& state, const AppId& app, const UserId& user) {
  const auto subscription = effective_user_subscription(state, app, user);
  if (!subscription || !subscription->live)
    return {};
  return {1, subscription->row.version, subscription->row.subscription_id};
}

Hit live_of_account(const State& state, const AppId& app_id) {
  const auto app = state.app(app_id);
  const auto account = state.account();
  if (!app || app->withdrawn || !account)
    return {};
  const auto governed = state.governed_app(app_id);
  return {live_subscriptions(*account, governed), governed.version, {}, reaches_newcomers(governed)};
}

Decided not_installed() { return refuse(RejectionCode::not_installed, "There is no live subscription to uninstall."); }

std::optional<Rejection> refuse_target(const Uninstall& command) {
  const auto target = command.target.value_or(UninstallTarget::self);
  if ((target == UninstallTarget::user) == command.user_id.has_value())
    return std::nullopt;
  Rejection rejection{.code = RejectionCode::invalid_value,
                      .detail = "user_id goes with target \"user\", and only with it."};
  rejection.errors.push_back({"/user_id", "invalid_value", rejection.detail});
  return rejection;
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const Uninstall& command) {
  if (auto refusal = refuse_target(command))
    return tl::unexpected(std::move(*refusal));
  const auto target = command.target.value_or(UninstallTarget::self);
  const auto user = target == UninstallTarget::self ? context.caller.user_id() : command.user_id.value_or(UserId{});
  if (const auto app = governed_or_visible_app(state, command.app_id); !app)
    return tl::unexpected(app.error());
  if (target == UninstallTarget::user && !state.member(user)) {
    return refuse(RejectionCode::user_not_found, "There is no such member.");
  }
  const auto hit = target == UninstallTarget::account ? live_of_account(state, command.app_id)
                                                      : live_of_user(state, command.app_id, user);
  if (hit.nothing())
    return not_installed();
  if (auto refusal =
          require_confirmation(context, state.account_id(), "Uninstall", command.app_id.value + "/" + user.value,
                               hit.version, command.confirmation, Impact{{{"subscriptions", hit.subscriptions}}})) {
    return tl::unexpected(std::move(*refusal));
  }
  Decision decision;
  decision.result = {{"removed", hit.subscriptions}};
  decision.events.push_back(
      {state.account_id(),
       AppUninstalled{.app_id = command.app_id,
                      .target = target,
                      .subscription_id = hit.subscription_id,
                      .user_id = user,
                      .removed = hit.subscriptions,
                      .by = UserId{context.caller.id},
                      .cause = target == UninstallTarget::self ? UninstallCause::user : UninstallCause::admin}});
  return decision;
}

}  // namespace gatehouse
