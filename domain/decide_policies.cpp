// Accounts and their settings: opening one, approval policies, the block on users' own installs, who is told of requests (R24..R33).
#include <algorithm>

#include "domain/email.hpp"
#include "domain/limits.hpp"
#include "domain/privileges.hpp"
#include "domain/refusals.hpp"
#include "domain/rules.hpp"

namespace gatehouse {

namespace {

// Each once, in the order given.
std::vector<UserId> merged(const std::vector<UserId>& users) {
  std::vector<UserId> once;
  for (const auto& user : users) {
    if (std::ranges::find(once, user) == once.end())
      once.push_back(user);
  }
  return once;
}

std::optional<Rejection> refuse_recipients(const std::vector<UserId>& recipients,
                                           const std::function<bool(const UserId&)>& is_eligible) {
  if (recipients.size() > limits::notification_recipients_max) {
    return Rejection{.code = RejectionCode::too_many_recipients,
                     .detail = "At most " + std::to_string(limits::notification_recipients_max) + " recipients."};
  }
  const auto wrong = std::ranges::find_if_not(recipients, is_eligible);
  if (wrong == recipients.end())
    return std::nullopt;
  Rejection rejection{.code = RejectionCode::recipient_not_eligible,
                      .detail = wrong->value + " is no active member with " + std::string(marketplace_edit) + "."};
  rejection.user_id = *wrong;
  return rejection;
}

ApprovalPolicy policy_from(const std::optional<PolicyInput>& input) {
  if (!input)
    return {};
  return {input->required.value_or(false), input->exempt_platform.value_or(false),
          input->exempt_account.value_or(false)};
}

// D2: nothing needs approval, nobody is blocked, mails go out without named recipients.
AccountOpened opened_account(const OpenAccount& command) {
  const auto policies = command.policies.value_or(PoliciesInput{});
  const auto notifications = policies.notifications.value_or(NotificationInput{});
  return {.name = command.name,
          .owner_id = command.owner.user_id,
          .public_policy = policy_from(policies.public_),
          .unlisted_policy = policy_from(policies.unlisted),
          .user_installs_blocked = policies.user_installs_blocked.value_or(false),
          .notifications_enabled = notifications.enabled.value_or(true),
          .notification_recipients = merged(notifications.recipients.value_or(std::vector<UserId>{}))};
}

Decision one_event(const State& state, Event event) {
  Decision decision;
  decision.events.push_back({state.account_id(), std::move(event)});
  return decision;
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext&, const OpenAccount& command) {
  if (is_platform_stream(command.account_id))
    return refuse(RejectionCode::invalid_value, "No account may have this account_id.");
  const State there(state.rows(), command.account_id, state.reader());
  if (there.account())
    return refuse(RejectionCode::account_exists, "There is an account with this account_id.");
  const auto& owner = command.owner.user_id;
  const auto email = normalise_email(command.owner.email);
  if (!email) {
    auto refusal = refuse(RejectionCode::invalid_email, "This is no e-mail address.");
    refusal.value().errors.push_back({"/owner/email", "invalid_email", refusal.value().detail});
    return refusal;
  }
  auto opened = opened_account(command);
  if (auto refusal =
          refuse_recipients(opened.notification_recipients, [&](const UserId& user) { return user == owner; })) {
    return tl::unexpected(std::move(*refusal));
  }
  Decision decision;
  decision.result = {{"account_id", command.account_id.value}};
  decision.events.push_back({command.account_id, std::move(opened)});
  decision.events.push_back(
      {command.account_id, MemberAdded{owner, owner_role, there.address(owner.value, *email),
                                       personal(owner, command.owner.name), personal(owner, "")}});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const SetApprovalPolicy& command) {
  const auto account = state.account().value_or(AccountRow{});
  const ApprovalPolicy policy{command.required, command.exempt_platform, command.exempt_account};
  const auto& current = command.class_ == AppClass::public_ ? account.public_policy : account.unlisted_policy;
  if (policy == current)
    return Decision{};
  return one_event(state, ApprovalPolicyChanged{command.class_, policy});
}

Decided decide_one(const State& state, const DecisionContext&, const SetUserInstallBlock& command) {
  if (state.account().value_or(AccountRow{}).user_installs_blocked == command.blocked)
    return Decision{};
  return one_event(state, UserInstallBlockChanged{command.blocked});
}

Decided decide_one(const State& state, const DecisionContext&, const SetNotificationSettings& command) {
  auto recipients = merged(command.recipients);
  if (auto refusal =
          refuse_recipients(recipients, [&](const UserId& user) { return holds(state, user, marketplace_edit); })) {
    return tl::unexpected(std::move(*refusal));
  }
  const auto account = state.account().value_or(AccountRow{});
  if (account.notifications_enabled == command.enabled && account.notification_recipients == recipients)
    return Decision{};
  return one_event(state, NotificationSettingsChanged{command.enabled, std::move(recipients)});
}

}  // namespace gatehouse
