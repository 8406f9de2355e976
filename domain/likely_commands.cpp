#include "domain/likely_commands.hpp"

#include <algorithm>

#include "domain/likely_meanings.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace likely {

namespace {

// Who stands on a list. A command takes its addresses first, then its users, then its groups: what comes out of this order is another one's.
struct Names {
  std::vector<std::string> emails;
  std::vector<UserId> users;
  std::vector<GroupId> groups;

  [[nodiscard]] bool add_email(std::string email) {
    if (!users.empty() || !groups.empty())
      return false;
    emails.push_back(std::move(email));
    return true;
  }
  [[nodiscard]] bool add_user(UserId user) {
    if (!groups.empty())
      return false;
    users.push_back(std::move(user));
    return true;
  }
  [[nodiscard]] bool add_group(GroupId group) {
    groups.push_back(std::move(group));
    return true;
  }
  [[nodiscard]] bool add(const AllowListEntry& entry) {
    switch (entry.kind) {
    case EntryKind::user:  // by id, or by the address that he had
      return entry.email.text.empty() ? add_user(entry.user_id) : add_email(entry.email.text);
    case EntryKind::email:
      return add_email(entry.email.text);
    case EntryKind::group:
      return add_group(entry.group_id);
    }
    return false;
  }
};

Commands meaning(const ApprovalPolicyChanged& event, Events /*events*/) {
  const auto& policy = event.policy;
  return {SetApprovalPolicy{event.app_class, policy.required, policy.exempt_platform, policy.exempt_account}};
}
Commands meaning(const UserInstallBlockChanged& event, Events /*events*/) {
  return {SetUserInstallBlock{event.blocked}};
}
Commands meaning(const NotificationSettingsChanged& event, Events /*events*/) {
  return {SetNotificationSettings{event.enabled, event.recipients}};
}

Commands meaning(const PreApprovalRequested& event, Events /*events*/) {
  const auto& request = event.request;
  return {RequestPreApproval{request.app_id, given(request.reason), request.credentials}};
}
Commands meaning(const InstallRequested& event, Events /*events*/) {
  const auto& request = event.request;
  return {RequestInstall{request.app_id, given(request.reason), request.credentials}};
}
Commands meaning(const PreApprovalRequestWithdrawn& event, Events /*events*/) {
  return {WithdrawRequest{event.request_id}};
}
Commands meaning(const InstallRequestWithdrawn& event, Events /*events*/) {
  return {WithdrawRequest{event.request_id}};
}

Commands meaning(const PreApprovalRequestApproved& event, Events events) {
  using T = PreApprovalRequestApproved;
  if (event.via == DecisionRoute::approve_all)
    return {ApproveAllRequests{event.app_id, ApproveAllAudience::requesters}};
  return {ApproveRequests{.app_id = event.app_id,
                          .user_ids = {},
                          .request_ids = leading<T>(events, &T::app_id, &T::request_id),
                          .reason = given(event.reason)}};
}
template <class T>
Commands rejection(const T& event, Events events, RequestKind kind) {
  return {RejectRequests{.kind = kind,
                         .app_id = event.app_id,
                         .user_ids = {},
                         .request_ids = leading<T>(events, &T::app_id, &T::request_id),
                         .reason = given(event.reason)}};
}
Commands meaning(const PreApprovalRequestRejected& event, Events events) {
  return rejection(event, events, RequestKind::pre_approval);
}
Commands meaning(const InstallRequestRejected& event, Events events) {
  return rejection(event, events, RequestKind::install);
}
template <class T>
Commands cancellation(const T& event, Events events, RequestKind kind) {
  return {CancelRequests{kind, event.app_id, {}, leading<T>(events, &T::app_id, &T::request_id)}};
}
Commands meaning(const PreApprovalRequestCancelled& event, Events events) {
  return cancellation(event, events, RequestKind::pre_approval);
}
Commands meaning(const InstallRequestCancelled& event, Events events) {
  return cancellation(event, events, RequestKind::install);
}
Commands meaning(const AllRequestsDeclined& event, Events /*events*/) {
  return {DeclineAllRequests{event.app_id, given(event.reason), {}}};
}

Commands meaning(const PreApprovalGranted& event, Events /*events*/) {
  if (event.via == DecisionRoute::approve_all)
    return {ApproveAllRequests{event.app_id, ApproveAllAudience::everyone}};
  Names names;
  for (const auto& entry : event.entries) {
    if (!names.add(entry))
      return {};
  }
  GrantPreApproval grant{.app_id = event.app_id,
                         .audience = event.audience,
                         .emails = given(names.emails),
                         .user_ids = given(names.users),
                         .group_ids = given(names.groups),
                         .includes_development = {},
                         .reason = given(event.reason)};
  auto explicitly = grant;
  explicitly.includes_development = event.includes_development;
  return {std::move(grant), std::move(explicitly)};
}
Commands meaning(const InstallAudienceChanged& event, Events /*events*/) {
  return {SetInstallAudience{event.app_id, event.audience}};
}
Commands meaning(const AllowListEntryAdded& event, Events events) {
  using T = AllowListEntryAdded;
  Names names;
  for (const auto& entry : leading<T>(events, &T::app_id, &T::entry)) {
    if (!names.add(entry))
      break;
  }
  return {AddAllowListEntries{event.app_id, given(names.emails), given(names.users), given(names.groups)}};
}
Commands meaning(const PreApprovalDisabled& event, Events /*events*/) {
  return {DisablePreApproval{event.app_id, given(event.reason), {}}};
}
Commands meaning(const AppRestricted& event, Events /*events*/) {
  return {RestrictApp{event.app_id, event.disable_existing, given(event.reason)}};
}
Commands meaning(const AppRestrictionLifted& event, Events /*events*/) {
  return {LiftRestriction{event.app_id, given(event.reason)}};
}

// Which of the granted scopes were optional is the app's to say.
Commands meaning(const State& state, const AppInstalled& event) {
  Install install{event.app_id, event.scope, event.credentials, {}};
  const auto app = state.app(event.app_id);
  std::vector<std::string> chosen;
  for (const auto& scope : event.granted_scopes) {
    if (app && std::ranges::find(app->facts.optional_scopes, scope) != app->facts.optional_scopes.end())
      chosen.push_back(scope);
  }
  install.optional_scopes = given(std::move(chosen));
  return {std::move(install)};
}
// The events name entries by their ids; whom they were for stands in the state.
Commands meaning(const State& state, const AllowListEntryRemoved& event, Events events) {
  using T = AllowListEntryRemoved;
  Names names;
  for (const auto& id : leading<T>(events, &T::app_id, &T::entry_id)) {
    const auto entry = state.rows().get(state_keys::entry_by_id(state.account_id(), event.app_id, id));
    if (!entry)
      return {};
    const auto name = entry->substr(2);
    bool in_order = false;
    if (entry->starts_with("u:")) {
      in_order = names.add_user(UserId{name});
    } else if (entry->starts_with("g:")) {
      in_order = names.add_group(GroupId{name});
    } else {
      const auto row = state.allow_list_entry(event.app_id, *entry);
      in_order = names.add_email(row ? state.text_of(row->email) : name);
    }
    if (!in_order)
      break;
  }
  return {RemoveAllowListEntries{event.app_id, given(names.emails), given(names.users), given(names.groups)}};
}
Commands meaning(const AppAddedForAudience& event, Events /*events*/) {
  return {AddAppForUsers{event.app_id, event.audience, given(event.user_ids), given(event.group_ids)}};
}
Commands meaning(const SubscriptionDisabled& event, Events /*events*/) {
  return {DisableSubscription{event.app_id, event.user_id}};
}
Commands meaning(const SubscriptionEnabled& event, Events /*events*/) {
  return {EnableSubscription{event.app_id, event.user_id}};
}
Commands meaning(const SubscriptionInstallerTransferred& event, Events /*events*/) {
  return {TransferInstaller{event.app_id, event.installer_id}};
}
Commands meaning(const AppUninstalled& event, Events /*events*/) {
  if (event.target == UninstallTarget::account)
    return {Uninstall{event.app_id, event.target, {}, {}}};
  return {Uninstall{event.app_id, UninstallTarget::self, {}, {}},
          Uninstall{event.app_id, UninstallTarget::user, event.user_id, {}}};
}

}  // namespace

// Outside of the unnamed namespace, to see the meanings of both files.
static Commands of_first(const State& state, Events events) {
  if (const auto* opened = std::get_if<AccountOpened>(events.front()))
    return opening(state, *opened, events);
  if (const auto* installed = std::get_if<AppInstalled>(events.front()))
    return meaning(state, *installed);
  if (const auto* removed = std::get_if<AllowListEntryRemoved>(events.front()))
    return meaning(state, *removed, events);
  return std::visit([&](const auto& first) { return meaning(first, events); }, *events.front());
}

}  // namespace likely

std::vector<Command> likely_commands(const State& state, std::span<const Event* const> events) {
  return likely::of_first(state, events);
}

}  // namespace gatehouse
