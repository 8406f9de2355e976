#include "domain/refusals_of.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <type_traits>

namespace gatehouse {

namespace {

using enum RejectionCode;

template <std::size_t... Sizes>
constexpr auto joined(const std::array<RejectionCode, Sizes>&... parts) {
  std::array<RejectionCode, (Sizes + ... + 0)> all{};
  auto* end = all.data();
  ((end = std::ranges::copy(parts, end).out), ...);
  return all;
}

template <class... Codes>
constexpr auto then(Codes... codes) {
  return std::array<RejectionCode, sizeof...(Codes)>{codes...};
}

// Who asks, by the kind of the command's Requirement, and then If-Match. What a rule asks of its caller beyond that (an endpoint of the account,
// a role that gives privileges) is refused with a code that stands here already.
constexpr auto by_platform = then(insufficient_scope, stale_version);
constexpr auto by_keeper = then(insufficient_scope, account_not_found, not_a_member, privilege_required, stale_version);
constexpr auto by_directory = by_keeper;
constexpr auto by_member = then(account_not_found, not_a_member, stale_version);
constexpr auto by_editor = then(account_not_found, not_a_member, privilege_required, stale_version);
constexpr auto by_system = then(insufficient_scope, account_not_found, stale_version);

constexpr auto own_app = then(app_not_found, app_withdrawn);
constexpr auto own_client = joined(own_app, then(no_client_credentials));
constexpr auto pre_approvable_app = then(app_not_found, account_level_app);
constexpr auto openable_app = joined(pre_approvable_app, then(app_withdrawn, app_not_available));
constexpr auto availability = then(app_not_available, credentials_not_available);
constexpr auto confirmation = then(confirmation_required, confirmation_stale);
constexpr auto named_requests = then(too_many_items, request_not_found, request_not_pending);
constexpr auto named_entries = then(too_many_items, invalid_email, user_not_found, group_not_found, duplicate_entry);
constexpr auto recipients = then(too_many_recipients, recipient_not_eligible);
constexpr auto switchable = then(app_not_found, user_not_found, account_level_app, not_installed);

// In the order of the gate's steps. The first, app_not_found, the commands look at themselves; the third, not_a_member, is the authority's.
constexpr auto gate = joined(availability, then(already_installed, subscription_disabled, user_installs_blocked,
                                                app_restricted, admin_install_required, request_pending,
                                                pre_approval_required, not_in_allow_list, missing_scopes));

#define GATEHOUSE_REFUSES(Type, ...) \
  constexpr auto codes_of(std::type_identity<Type>) { return joined(__VA_ARGS__); }

GATEHOUSE_REFUSES(OpenAccount, by_platform, then(invalid_value, account_exists, invalid_email), recipients)
GATEHOUSE_REFUSES(DefineScopes, by_platform, then(invalid_value, unknown_privilege))
// The platform's door asks as well that the developer's account is there.
GATEHOUSE_REFUSES(RegisterApp, by_keeper, then(developer_mismatch, invalid_value, app_exists))
GATEHOUSE_REFUSES(UpdateManifest, by_keeper, own_app, then(developer_mismatch, invalid_value))
GATEHOUSE_REFUSES(ActivateApp, by_keeper, own_app)
GATEHOUSE_REFUSES(PublishApp, by_keeper, own_app)
GATEHOUSE_REFUSES(UnpublishApp, by_keeper, own_app)
GATEHOUSE_REFUSES(WithdrawApp, by_keeper, then(app_not_found), confirmation)
GATEHOUSE_REFUSES(IssueClientCredentials, by_keeper, own_app, then(credentials_not_available, client_exists))
GATEHOUSE_REFUSES(RotateClientSecret, by_keeper, own_client, then(secret_expiry_invalid, too_many_secret_changes))
GATEHOUSE_REFUSES(ChangeSecretExpiry, by_keeper, own_client, then(secret_expiry_invalid, too_many_secret_changes))

GATEHOUSE_REFUSES(AddMember, by_directory,
                  then(member_exists, subject_erased, invalid_email, email_in_use, owner_required, role_not_found))
GATEHOUSE_REFUSES(ChangeMember, by_directory,
                  then(user_not_found, owner_required, role_not_found, invalid_email, email_in_use))
GATEHOUSE_REFUSES(DeactivateMember, by_directory, then(user_not_found, owner_required))
GATEHOUSE_REFUSES(RemoveMember, by_directory, then(user_not_found, owner_required))
GATEHOUSE_REFUSES(EraseSubject, by_directory, then(texts_not_sealed, user_not_found, subject_present, entry_not_found))
GATEHOUSE_REFUSES(DefineRole, by_directory, then(builtin_role, unknown_privilege, too_many_items))
GATEHOUSE_REFUSES(RemoveRole, by_directory, then(builtin_role, role_not_found, role_in_use))
GATEHOUSE_REFUSES(AssignRole, by_directory, then(user_not_found, owner_required, role_not_found))
GATEHOUSE_REFUSES(CreateGroup, by_directory)
GATEHOUSE_REFUSES(RemoveGroup, by_directory, then(group_not_found))
GATEHOUSE_REFUSES(AddGroupMembers, by_directory,
                  then(group_not_found, user_not_found, audience_too_large, too_many_items))
GATEHOUSE_REFUSES(RemoveGroupMembers, by_directory, then(group_not_found, user_not_found))

GATEHOUSE_REFUSES(SetApprovalPolicy, by_editor)
GATEHOUSE_REFUSES(SetUserInstallBlock, by_editor)
GATEHOUSE_REFUSES(SetNotificationSettings, by_editor, recipients)

GATEHOUSE_REFUSES(RequestPreApproval, by_member, pre_approvable_app, availability,
                  then(already_installed, user_installs_blocked, app_restricted, request_already_pending,
                       already_pre_approved, approval_not_required))
GATEHOUSE_REFUSES(RequestInstall, by_member, then(app_not_found, user_level_app, admin_may_install), availability,
                  then(already_installed, user_installs_blocked, app_restricted, install_request_pending))
GATEHOUSE_REFUSES(WithdrawRequest, by_member, then(request_not_found, request_not_pending))
GATEHOUSE_REFUSES(ApproveRequests, by_editor, openable_app, named_requests, then(audience_too_large))
GATEHOUSE_REFUSES(RejectRequests, by_editor, pre_approvable_app, then(user_level_app), named_requests)
GATEHOUSE_REFUSES(CancelRequests, by_editor, pre_approvable_app, then(user_level_app), named_requests)
GATEHOUSE_REFUSES(ApproveAllRequests, by_editor, openable_app, then(too_many_items, audience_too_large))
GATEHOUSE_REFUSES(DeclineAllRequests, by_editor, pre_approvable_app, confirmation)

GATEHOUSE_REFUSES(GrantPreApproval, by_editor, openable_app, then(invalid_value), named_entries,
                  then(audience_too_large, already_granted))
GATEHOUSE_REFUSES(SetInstallAudience, by_editor, openable_app, then(app_not_activated_or_installed))
GATEHOUSE_REFUSES(AddAllowListEntries, by_editor, openable_app, then(invalid_value, app_not_activated_or_installed),
                  named_entries, then(audience_too_large))
GATEHOUSE_REFUSES(RemoveAllowListEntries, by_editor, pre_approvable_app,
                  then(invalid_value, too_many_items, invalid_email, entry_not_found, duplicate_entry))
GATEHOUSE_REFUSES(DisablePreApproval, by_editor, pre_approvable_app, then(pre_approval_off), confirmation)
GATEHOUSE_REFUSES(RestrictApp, by_editor, then(app_not_found))
GATEHOUSE_REFUSES(LiftRestriction, by_editor, then(app_not_found))

GATEHOUSE_REFUSES(Install, by_member, then(app_not_found, user_level_app), gate, then(account_level_app, unknown_scope))
GATEHOUSE_REFUSES(AddAppForUsers, by_editor, then(invalid_value), pre_approvable_app, availability,
                  then(app_restricted, user_not_found, group_not_found, audience_too_large, too_many_items))
GATEHOUSE_REFUSES(EnableSubscription, by_editor, switchable,
                  then(pre_approval_off, app_restricted, subscription_suspended))
GATEHOUSE_REFUSES(DisableSubscription, by_editor, switchable)
GATEHOUSE_REFUSES(TransferInstaller, by_editor,
                  then(app_not_found, user_level_app, user_not_found, recipient_not_eligible, not_installed))
// For oneself it needs no privilege.
GATEHOUSE_REFUSES(Uninstall, by_editor, then(invalid_value, app_not_found, user_not_found, not_installed), confirmation)

GATEHOUSE_REFUSES(RegisterWebhook, by_keeper, own_app, then(invalid_value, too_many_items))
GATEHOUSE_REFUSES(ChangeWebhook, by_keeper, then(webhook_not_found, invalid_value))
GATEHOUSE_REFUSES(RotateWebhookSecret, by_keeper, then(webhook_not_found))
GATEHOUSE_REFUSES(EnableWebhook, by_keeper, then(webhook_not_found))
GATEHOUSE_REFUSES(DisableWebhook, by_keeper, then(webhook_not_found))
GATEHOUSE_REFUSES(RemoveWebhook, by_keeper, then(webhook_not_found))
GATEHOUSE_REFUSES(ValidateWebhook, by_keeper, then(webhook_not_found, webhook_disabled))
GATEHOUSE_REFUSES(ResendWebhook, by_keeper, then(webhook_not_found, webhook_disabled))

GATEHOUSE_REFUSES(QueueNotification, by_system, then(request_not_found))
GATEHOUSE_REFUSES(RecordNotificationSent, by_system)
GATEHOUSE_REFUSES(RecordNotificationFailure, by_system)
GATEHOUSE_REFUSES(SuppressNotification, by_system)
GATEHOUSE_REFUSES(RecordSettledRequestsNotified, by_system)
GATEHOUSE_REFUSES(RecordWebhookValidated, by_system)
GATEHOUSE_REFUSES(RecordWebhookValidationFailure, by_system)
GATEHOUSE_REFUSES(RecordWebhookDelivered, by_system)
GATEHOUSE_REFUSES(RecordWebhookFailure, by_system)
GATEHOUSE_REFUSES(RecordDeauthorizations, by_system)
GATEHOUSE_REFUSES(CommitAccountHeads, by_system)
GATEHOUSE_REFUSES(RecordSubjectErased, by_system)
GATEHOUSE_REFUSES(RetryParkedEvent, by_system)
GATEHOUSE_REFUSES(SkipParkedEvent, by_system)

#undef GATEHOUSE_REFUSES

// A command without a line above has no codes_of, and the compiler says so.
template <class T>
constexpr auto table_of = codes_of(std::type_identity<T>{});

}  // namespace

std::span<const RejectionCode> refusals_of(const Command& command) {
  return std::visit([]<class T>(const T&) { return std::span<const RejectionCode>(table_of<T>); }, command);
}

}  // namespace gatehouse
