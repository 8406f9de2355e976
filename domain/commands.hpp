// Every command, as the HTTP contract names it. A member that may be left out is a std::optional; the names in JSON are the members' names
// without a trailing underscore. What can be checked without state (form of ids, list lengths, text lengths) is checked where JSON becomes
// a command; everything else is decide()'s.
#pragma once
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "events/catalogue_events.hpp"
#include "events/directory_events.hpp"
#include "events/ids.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse {

struct OwnerInput {
  UserId user_id;
  std::string email;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(OwnerInput, (), (user_id, email, name))

struct PolicyInput {
  std::optional<bool> required;
  std::optional<bool> exempt_platform;
  std::optional<bool> exempt_account;
};
BOOST_DESCRIBE_STRUCT(PolicyInput, (), (required, exempt_platform, exempt_account))

struct NotificationInput {
  std::optional<bool> enabled;
  std::optional<std::vector<UserId>> recipients;
};
BOOST_DESCRIBE_STRUCT(NotificationInput, (), (enabled, recipients))

struct PoliciesInput {
  std::optional<PolicyInput> public_;
  std::optional<PolicyInput> unlisted;
  std::optional<bool> user_installs_blocked;
  std::optional<NotificationInput> notifications;
};
BOOST_DESCRIBE_STRUCT(PoliciesInput, (), (public_, unlisted, user_installs_blocked, notifications))

struct OpenAccount {
  AccountId account_id;
  std::string name;
  OwnerInput owner;
  std::optional<PoliciesInput> policies;
};
BOOST_DESCRIBE_STRUCT(OpenAccount, (), (account_id, name, owner, policies))

// A manifest after validation; in JSON it is the manifest itself.
struct ManifestInput {
  AppFacts facts;
  std::string text;                   // the manifest as compact JSON
  std::vector<std::string> warnings;  // well-formed scopes that the catalogue does not know (D31)
};

struct DeveloperInput {
  DeveloperKind kind{};
  std::optional<AccountId> account_id;
};
BOOST_DESCRIBE_STRUCT(DeveloperInput, (), (kind, account_id))

struct RegisterApp {
  std::optional<AppId> app_id;
  ManifestInput manifest;
  DeveloperInput developer;
  std::optional<std::string> app_type;
};
BOOST_DESCRIBE_STRUCT(RegisterApp, (), (app_id, manifest, developer, app_type))

// developer and app_type, where sent, must be the registered ones.
struct UpdateManifest {
  AppId app_id;
  ManifestInput manifest;
  std::optional<DeveloperInput> developer;
  std::optional<std::string> app_type;
};
BOOST_DESCRIBE_STRUCT(UpdateManifest, (), (app_id, manifest, developer, app_type))

struct ActivateApp {
  AppId app_id;
};
BOOST_DESCRIBE_STRUCT(ActivateApp, (), (app_id))

struct PublishApp {
  AppId app_id;
  bool listed{};
};
BOOST_DESCRIBE_STRUCT(PublishApp, (), (app_id, listed))

struct UnpublishApp {
  AppId app_id;
};
BOOST_DESCRIBE_STRUCT(UnpublishApp, (), (app_id))

struct WithdrawApp {
  AppId app_id;
  std::optional<std::string> confirmation;
};
BOOST_DESCRIBE_STRUCT(WithdrawApp, (), (app_id, confirmation))

struct ScopeInput {
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> privilege;
};
BOOST_DESCRIBE_STRUCT(ScopeInput, (), (name, description, privilege))

struct DefineScopes {
  std::vector<ScopeInput> scopes;
};
BOOST_DESCRIBE_STRUCT(DefineScopes, (), (scopes))

struct AddMember {
  UserId user_id;
  std::string email;
  std::optional<std::string> name;
  std::optional<std::string> department;
  std::optional<RoleId> role;
};
BOOST_DESCRIBE_STRUCT(AddMember, (), (user_id, email, name, department, role))

struct ChangeMember {
  UserId user_id;
  std::optional<std::string> email;
  std::optional<std::string> name;
  std::optional<std::string> department;
  std::optional<RoleId> role;
};
BOOST_DESCRIBE_STRUCT(ChangeMember, (), (user_id, email, name, department, role))

struct DeactivateMember {
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(DeactivateMember, (), (user_id))

struct RemoveMember {
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(RemoveMember, (), (user_id))

struct RoleInput {
  RoleId id;
  std::string name;
  std::vector<std::string> privileges;
};
BOOST_DESCRIBE_STRUCT(RoleInput, (), (id, name, privileges))

// Defines a new role or changes the one with this id.
struct DefineRole {
  RoleInput role;
};
BOOST_DESCRIBE_STRUCT(DefineRole, (), (role))

struct RemoveRole {
  RoleId role_id;
};
BOOST_DESCRIBE_STRUCT(RemoveRole, (), (role_id))

struct AssignRole {
  UserId user_id;
  RoleId role_id;
};
BOOST_DESCRIBE_STRUCT(AssignRole, (), (user_id, role_id))

// Creates a group or renames the one with this id.
struct CreateGroup {
  GroupId group_id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(CreateGroup, (), (group_id, name))

struct RemoveGroup {
  GroupId group_id;
};
BOOST_DESCRIBE_STRUCT(RemoveGroup, (), (group_id))

struct AddGroupMembers {
  GroupId group_id;
  std::vector<UserId> user_ids;
};
BOOST_DESCRIBE_STRUCT(AddGroupMembers, (), (group_id, user_ids))

struct RemoveGroupMembers {
  GroupId group_id;
  std::vector<UserId> user_ids;
};
BOOST_DESCRIBE_STRUCT(RemoveGroupMembers, (), (group_id, user_ids))

struct SetApprovalPolicy {
  AppClass class_{};
  bool required{};
  bool exempt_platform{};
  bool exempt_account{};
};
BOOST_DESCRIBE_STRUCT(SetApprovalPolicy, (), (class_, required, exempt_platform, exempt_account))

struct SetUserInstallBlock {
  bool blocked{};
};
BOOST_DESCRIBE_STRUCT(SetUserInstallBlock, (), (blocked))

struct SetNotificationSettings {
  bool enabled{};
  std::vector<UserId> recipients;
};
BOOST_DESCRIBE_STRUCT(SetNotificationSettings, (), (enabled, recipients))

struct RequestPreApproval {
  AppId app_id;
  std::optional<std::string> reason;
  std::optional<Credentials> credentials;
};
BOOST_DESCRIBE_STRUCT(RequestPreApproval, (), (app_id, reason, credentials))

struct RequestInstall {
  AppId app_id;
  std::optional<std::string> reason;
  std::optional<Credentials> credentials;
};
BOOST_DESCRIBE_STRUCT(RequestInstall, (), (app_id, reason, credentials))

struct WithdrawRequest {
  RequestId request_id;
};
BOOST_DESCRIBE_STRUCT(WithdrawRequest, (), (request_id))

// Of user_ids and request_ids exactly one is sent.
struct ApproveRequests {
  AppId app_id;
  std::optional<std::vector<UserId>> user_ids;
  std::optional<std::vector<RequestId>> request_ids;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(ApproveRequests, (), (app_id, user_ids, request_ids, reason))

struct RejectRequests {
  RequestKind kind{};
  AppId app_id;
  std::optional<std::vector<UserId>> user_ids;
  std::optional<std::vector<RequestId>> request_ids;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(RejectRequests, (), (kind, app_id, user_ids, request_ids, reason))

struct CancelRequests {
  RequestKind kind{};
  AppId app_id;
  std::optional<std::vector<UserId>> user_ids;
  std::optional<std::vector<RequestId>> request_ids;
};
BOOST_DESCRIBE_STRUCT(CancelRequests, (), (kind, app_id, user_ids, request_ids))

BOOST_DEFINE_FIXED_ENUM_CLASS(ApproveAllAudience, std::uint8_t, everyone, requesters)

struct ApproveAllRequests {
  AppId app_id;
  std::optional<ApproveAllAudience> audience;
};
BOOST_DESCRIBE_STRUCT(ApproveAllRequests, (), (app_id, audience))

struct DeclineAllRequests {
  AppId app_id;
  std::optional<std::string> reason;
  std::optional<std::string> confirmation;
};
BOOST_DESCRIBE_STRUCT(DeclineAllRequests, (), (app_id, reason, confirmation))

struct GrantPreApproval {
  AppId app_id;
  Audience audience{};
  std::optional<std::vector<std::string>> emails;
  std::optional<std::vector<UserId>> user_ids;
  std::optional<std::vector<GroupId>> group_ids;
  std::optional<bool> includes_development;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(GrantPreApproval, (), (app_id, audience, emails, user_ids, group_ids, includes_development, reason))

struct SetInstallAudience {
  AppId app_id;
  Audience audience{};
};
BOOST_DESCRIBE_STRUCT(SetInstallAudience, (), (app_id, audience))

struct AddAllowListEntries {
  AppId app_id;
  std::optional<std::vector<std::string>> emails;
  std::optional<std::vector<UserId>> user_ids;
  std::optional<std::vector<GroupId>> group_ids;
};
BOOST_DESCRIBE_STRUCT(AddAllowListEntries, (), (app_id, emails, user_ids, group_ids))

struct RemoveAllowListEntries {
  AppId app_id;
  std::optional<std::vector<std::string>> emails;
  std::optional<std::vector<UserId>> user_ids;
  std::optional<std::vector<GroupId>> group_ids;
};
BOOST_DESCRIBE_STRUCT(RemoveAllowListEntries, (), (app_id, emails, user_ids, group_ids))

struct DisablePreApproval {
  AppId app_id;
  std::optional<std::string> reason;
  std::optional<std::string> confirmation;
};
BOOST_DESCRIBE_STRUCT(DisablePreApproval, (), (app_id, reason, confirmation))

struct RestrictApp {
  AppId app_id;
  std::optional<bool> disable_existing;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(RestrictApp, (), (app_id, disable_existing, reason))

struct LiftRestriction {
  AppId app_id;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(LiftRestriction, (), (app_id, reason))

struct Install {
  AppId app_id;
  std::optional<SubscriptionScope> scope;
  std::optional<Credentials> credentials;
  std::optional<std::vector<std::string>> optional_scopes;
};
BOOST_DESCRIBE_STRUCT(Install, (), (app_id, scope, credentials, optional_scopes))

struct AddAppForUsers {
  AppId app_id;
  Audience audience{};
  std::optional<std::vector<UserId>> user_ids;
  std::optional<std::vector<GroupId>> group_ids;
};
BOOST_DESCRIBE_STRUCT(AddAppForUsers, (), (app_id, audience, user_ids, group_ids))

struct EnableSubscription {
  AppId app_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(EnableSubscription, (), (app_id, user_id))

struct DisableSubscription {
  AppId app_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(DisableSubscription, (), (app_id, user_id))

struct TransferInstaller {
  AppId app_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(TransferInstaller, (), (app_id, user_id))

struct Uninstall {
  AppId app_id;
  std::optional<UninstallTarget> target;
  std::optional<UserId> user_id;
  std::optional<std::string> confirmation;
};
BOOST_DESCRIBE_STRUCT(Uninstall, (), (app_id, target, user_id, confirmation))

// X(command) in the order of the contract's table. The first block goes through the platform door; the app commands of it also
// through the account door, for the account's own apps.
#define GATEHOUSE_PLATFORM_COMMANDS(X) \
  X(OpenAccount) X(RegisterApp) X(UpdateManifest) X(ActivateApp) X(PublishApp) X(UnpublishApp) X(WithdrawApp) X(DefineScopes)
#define GATEHOUSE_DIRECTORY_COMMANDS(X)                                                                                      \
  X(AddMember) X(ChangeMember) X(DeactivateMember) X(RemoveMember) X(DefineRole) X(RemoveRole) X(AssignRole) X(CreateGroup) \
  X(RemoveGroup) X(AddGroupMembers) X(RemoveGroupMembers)
#define GATEHOUSE_GOVERNANCE_COMMANDS(X)                                                                                        \
  X(SetApprovalPolicy) X(SetUserInstallBlock) X(SetNotificationSettings) X(RequestPreApproval) X(RequestInstall)              \
  X(WithdrawRequest) X(ApproveRequests) X(RejectRequests) X(CancelRequests) X(ApproveAllRequests) X(DeclineAllRequests)       \
  X(GrantPreApproval) X(SetInstallAudience) X(AddAllowListEntries) X(RemoveAllowListEntries) X(DisablePreApproval)            \
  X(RestrictApp) X(LiftRestriction) X(Install) X(AddAppForUsers) X(EnableSubscription) X(DisableSubscription)                 \
  X(TransferInstaller) X(Uninstall)
#define GATEHOUSE_COMMANDS(X) GATEHOUSE_PLATFORM_COMMANDS(X) GATEHOUSE_DIRECTORY_COMMANDS(X) GATEHOUSE_GOVERNANCE_COMMANDS(X)

namespace detail {
template <class First, class... Rest>
struct CommandAlternatives {
  using Variant = std::variant<Rest...>;
};
struct CommandListHead {};
#define GATEHOUSE_COMMAND_ALTERNATIVE(type) , type
using Commands = CommandAlternatives<CommandListHead GATEHOUSE_COMMANDS(GATEHOUSE_COMMAND_ALTERNATIVE)>::Variant;
#undef GATEHOUSE_COMMAND_ALTERNATIVE
}  // namespace detail

using Command = detail::Commands;

[[nodiscard]] std::string_view name_of(const Command& command);

}  // namespace gatehouse
