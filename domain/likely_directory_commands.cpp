// What was done to the account itself, its directory and its webhooks, told from the events.
#include "domain/likely_meanings.hpp"

namespace gatehouse::likely {

Commands meaning(const MemberAdded& event, Events /*events*/) {
  return {AddMember{event.user_id, event.email.text, given(event.name), given(event.department), event.role_id}};
}
// Of a role, a profile and an address that changed together, which their events tell in this order. What comes out of it is another command's.
static ChangeMember change_of_member(const UserId& user, Events events) {
  ChangeMember change{.user_id = user, .email = {}, .name = {}, .department = {}, .role = {}};
  bool has_profile = false;
  for (const auto* event : events) {
    if (const auto* email = std::get_if<MemberEmailChanged>(event);
        email != nullptr && email->user_id == user && !change.email) {
      change.email = email->email.text;
    } else if (const auto* profile = std::get_if<MemberProfileChanged>(event);
               profile != nullptr && profile->user_id == user && !has_profile && !change.email) {
      // What is empty was so before: neither can be taken away.
      has_profile = true;
      change.name = given(profile->name);
      change.department = given(profile->department);
    } else if (const auto* role = std::get_if<RoleAssigned>(event);
               role != nullptr && role->user_id == user && !change.role && !has_profile && !change.email) {
      change.role = role->role_id;
    } else if (!std::holds_alternative<AllowListEntryBound>(*event)) {
      break;
    }
  }
  return change;
}
Commands meaning(const MemberEmailChanged& event, Events events) { return {change_of_member(event.user_id, events)}; }
Commands meaning(const MemberProfileChanged& event, Events events) { return {change_of_member(event.user_id, events)}; }
Commands meaning(const RoleAssigned& event, Events events) {
  AssignRole role{event.user_id, event.role_id};
  auto change = change_of_member(event.user_id, events);
  if (change.email || change.name || change.department)
    return {std::move(change), std::move(role)};
  return {std::move(role), std::move(change)};
}
Commands meaning(const MemberDeactivated& event, Events /*events*/) { return {DeactivateMember{event.user_id}}; }
Commands meaning(const MemberRemoved& event, Events /*events*/) { return {RemoveMember{event.user_id}}; }
Commands meaning(const SubjectErasureRequested& event, Events /*events*/) {
  if (!event.user_id.empty())
    return {EraseSubject{event.user_id, {}}};
  if (event.entry_ids.empty())
    return {};
  return {EraseSubject{{}, event.entry_ids.front()}};
}
static PolicyInput input_of(const ApprovalPolicy& policy) {
  return {
      .required = policy.required, .exempt_platform = policy.exempt_platform, .exempt_account = policy.exempt_account};
}
// The owner comes with the account.
Commands opening(const State& state, const AccountOpened& event, Events events) {
  const auto* owner = events.size() > 1 ? std::get_if<MemberAdded>(events[1]) : nullptr;
  if (owner == nullptr)
    return {};
  return {OpenAccount{
      .account_id = state.account_id(),
      .name = event.name,
      .owner = {event.owner_id, owner->email.text, owner->name.text},
      .policies = PoliciesInput{.public_ = input_of(event.public_policy),
                                .unlisted = input_of(event.unlisted_policy),
                                .user_installs_blocked = event.user_installs_blocked,
                                .notifications = NotificationInput{.enabled = event.notifications_enabled,
                                                                   .recipients = event.notification_recipients}}}};
}

static std::optional<AppId> app_of(const EndpointName& endpoint) {
  return endpoint.app_id.empty() ? std::nullopt : std::optional(endpoint.app_id);
}
Commands meaning(const WebhookEndpointRegistered& event, Events /*events*/) {
  return {RegisterWebhook{event.url, event.event_types, app_of(event.endpoint), event.scheme}};
}
Commands meaning(const WebhookEndpointChanged& event, Events /*events*/) {
  return {ChangeWebhook{event.endpoint.endpoint_id, event.url, event.event_types, event.scheme}};
}
Commands meaning(const WebhookSecretRotated& event, Events /*events*/) {
  return {RotateWebhookSecret{event.endpoint.endpoint_id}};
}
Commands meaning(const WebhookEndpointEnabled& event, Events /*events*/) {
  return {EnableWebhook{event.endpoint.endpoint_id}};
}
Commands meaning(const WebhookEndpointDisabled& event, Events /*events*/) {
  return {DisableWebhook{event.endpoint.endpoint_id}};
}
Commands meaning(const WebhookEndpointRemoved& event, Events /*events*/) {
  return {RemoveWebhook{event.endpoint.endpoint_id}};
}
Commands meaning(const WebhookValidationRequested& event, Events /*events*/) {
  return {ValidateWebhook{event.endpoint.endpoint_id}};
}
Commands meaning(const WebhookResendRequested& event, Events /*events*/) {
  return {ResendWebhook{event.endpoint.endpoint_id, event.message_id}};
}

Commands meaning(const RoleDefined& event, Events /*events*/) {
  return {DefineRole{{event.role_id, event.name, event.privileges}}};
}
Commands meaning(const RoleChanged& event, Events /*events*/) {
  return {DefineRole{{event.role_id, event.name, event.privileges}}};
}
Commands meaning(const RoleRemoved& event, Events /*events*/) { return {RemoveRole{event.role_id}}; }
Commands meaning(const GroupCreated& event, Events /*events*/) { return {CreateGroup{event.group_id, event.name}}; }
Commands meaning(const GroupRenamed& event, Events /*events*/) { return {CreateGroup{event.group_id, event.name}}; }
Commands meaning(const GroupRemoved& event, Events /*events*/) { return {RemoveGroup{event.group_id}}; }
Commands meaning(const GroupMemberAdded& event, Events events) {
  using T = GroupMemberAdded;
  return {AddGroupMembers{event.group_id, leading<T>(events, &T::group_id, &T::user_id)}};
}
Commands meaning(const GroupMemberRemoved& event, Events events) {
  using T = GroupMemberRemoved;
  return {RemoveGroupMembers{event.group_id, leading<T>(events, &T::group_id, &T::user_id)}};
}

}  // namespace gatehouse::likely
