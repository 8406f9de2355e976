// The shapes of what the queries answer: written by their descriptions, and described by the same in OpenAPI. Members that hold nothing are left out.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/scope.hpp"
#include "domain/rows.hpp"
#include "domain/user_state.hpp"
#include "projections/subscriptions.hpp"

namespace gatehouse::api {

struct AppItem {
  AppId app_id;
  std::string name;
  std::string description;
  std::string company;
  std::vector<std::string> categories;
  ManagementLevel management_level{};
  DeveloperKind developer{};
  std::string app_type;
  bool listed{};
  UserState user_state{};
  std::vector<std::string_view> available_actions;
};
BOOST_DESCRIBE_STRUCT(AppItem, (),
                      (app_id, name, description, company, categories, management_level, developer, app_type, listed,
                       user_state, available_actions))

struct ScopeItem {
  std::string scope;
  std::string description;
  bool optional{};
  std::string needs_privilege;
};
BOOST_DESCRIBE_STRUCT(ScopeItem, (), (scope, description, optional, needs_privilege))

struct AppLinks {
  std::string documentation_url;
  std::string privacy_url;
  std::string support_url;
  std::string terms_url;
};
BOOST_DESCRIBE_STRUCT(AppLinks, (), (documentation_url, privacy_url, support_url, terms_url))

struct AppPage {
  AppId app_id;
  std::string name;
  std::string description;
  std::string company;
  std::vector<std::string> categories;
  ManagementLevel management_level{};
  DeveloperKind developer{};
  AppClass app_class{};
  std::string app_type;
  bool published{};
  bool listed{};
  bool has_production{};
  bool has_development{};
  std::uint32_t manifest_version{};
  AppLinks links;
  std::vector<ScopeItem> scopes;
  UserState user_state{};
  std::vector<std::string_view> available_actions;
  std::optional<RequestId> request_id;  // the caller's open request
};
BOOST_DESCRIBE_STRUCT(AppPage, (),
                      (app_id, name, description, company, categories, management_level, developer, app_class, app_type,
                       published, listed, has_production, has_development, manifest_version, links, scopes, user_state,
                       available_actions, request_id))

struct RequestCounts {
  std::uint64_t total{};
  std::uint64_t pending{};
  std::uint64_t approved{};
  std::uint64_t rejected{};
};
BOOST_DESCRIBE_STRUCT(RequestCounts, (), (total, pending, approved, rejected))

struct Approval {
  AppId app_id;
  std::string app_name;
  bool pre_approval_on{};
  std::optional<Audience> audience;
  bool includes_development{};
  std::vector<std::string> approved_scopes;
  UserId approver_id;
  Timestamp approved_at;
  bool restricted{};
  std::uint64_t subscriptions{};
  std::uint64_t suspended{};
  RequestCounts pre_approval_requests;
  RequestCounts install_requests;
};
BOOST_DESCRIBE_STRUCT(Approval, (),
                      (app_id, app_name, pre_approval_on, audience, includes_development, approved_scopes, approver_id,
                       approved_at, restricted, subscriptions, suspended, pre_approval_requests, install_requests))

struct Restriction {
  AppId app_id;
  std::string app_name;
  UserId restricted_by;
  Timestamp restricted_at;
  PersonalText reason;
};
BOOST_DESCRIBE_STRUCT(Restriction, (), (app_id, app_name, restricted_by, restricted_at, reason))

// `bound` tells whether the entry names somebody who is here: a member or a group, not only an address.
struct AllowListItem {
  EntryId entry_id;
  EntryKind kind{};
  UserId user_id;
  GroupId group_id;
  PersonalText email;
  bool bound{};
  Timestamp added_at;
};
BOOST_DESCRIBE_STRUCT(AllowListItem, (), (entry_id, kind, user_id, group_id, email, bound, added_at))

struct Permissions {
  ApprovalPolicy public_;
  ApprovalPolicy unlisted;
  bool user_installs_blocked{};
};
BOOST_DESCRIBE_STRUCT(Permissions, (), (public_, unlisted, user_installs_blocked))

struct NotificationSettings {
  bool enabled{};
  std::vector<UserId> recipients;
  std::string resolution;             // selected, automatic or disabled
  std::vector<UserId> would_receive;  // a mail that was due now; at most notification_receivers_shown_max
};
BOOST_DESCRIBE_STRUCT(NotificationSettings, (), (enabled, recipients, resolution, would_receive))

struct InboxItem {
  AppId app_id;
  std::string app_name;
  std::string description;
  std::string company;
  ManagementLevel management_level{};
  RequestKind kind{};
  std::uint64_t total{};
  std::uint64_t pending{};
  std::uint64_t approved{};
  std::uint64_t rejected{};
  std::optional<RequestId> latest_request_id;
  Timestamp latest_request_at;
  std::optional<UserId> latest_decided_by;  // of all that were approved or rejected, whenever they were made
  std::optional<Timestamp> latest_decided_at;
};
BOOST_DESCRIBE_STRUCT(InboxItem, (),
                      (app_id, app_name, description, company, management_level, kind, total, pending, approved,
                       rejected, latest_request_id, latest_request_at, latest_decided_by, latest_decided_at))

struct RequestDecisionItem {
  RequestStatus outcome{};
  UserId decided_by;
  Timestamp decided_at;
  PersonalText reason;
  DecisionRoute via{};
};
BOOST_DESCRIBE_STRUCT(RequestDecisionItem, (), (outcome, decided_by, decided_at, reason, via))

struct RequestStep {
  Timestamp at;
  RequestStatus status{};
  UserId by;
};
BOOST_DESCRIBE_STRUCT(RequestStep, (), (at, status, by))

// The e-mail and department are those of the moment of asking.
struct RequestItem {
  RequestId request_id;
  RequestKind kind{};
  AppId app_id;
  std::string app_name;
  UserId user_id;
  PersonalText user_name;  // as it is now
  PersonalText user_email;
  PersonalText user_department;
  PersonalText reason;
  RequestStatus status{};
  Timestamp requested_at;
  ManagementLevel management_level{};
  AppClass app_class{};
  Credentials credentials{};
  std::vector<std::string> required_scopes;
  std::vector<std::string> optional_scopes;
  std::uint32_t manifest_version{};
  std::optional<bool> approval_not_required;  // of a pending one that the account asks no approval for any more
  std::optional<RequestDecisionItem> decision;
  std::optional<std::vector<RequestStep>> history;  // of a single one
};
BOOST_DESCRIBE_STRUCT(RequestItem, (),
                      (request_id, kind, app_id, app_name, user_id, user_name, user_email, user_department, reason,
                       status, requested_at, management_level, app_class, credentials, required_scopes, optional_scopes,
                       manifest_version, approval_not_required, decision, history))

struct SubscriptionItem {
  SubscriptionId subscription_id;
  AppId app_id;
  std::string app_name;
  SubscriptionScope scope{};
  UserId user_id;
  Credentials credentials{};
  SubscriptionState state{};
  std::vector<SuspensionCause> causes;
  UserId installed_by;
  Timestamp installed_at;
  std::vector<std::string> granted_scopes;
  bool orphaned{};
  std::optional<UninstallCause> ended_cause;
  Timestamp ended_at;
};
BOOST_DESCRIBE_STRUCT(SubscriptionItem, (),
                      (subscription_id, app_id, app_name, scope, user_id, credentials, state, causes, installed_by,
                       installed_at, granted_scopes, orphaned, ended_cause, ended_at))

struct MemberItem {
  UserId user_id;
  PersonalText email;
  PersonalText name;
  PersonalText department;
  RoleId role;
  MemberStatus status{};
  Timestamp joined_at;
};
BOOST_DESCRIBE_STRUCT(MemberItem, (), (user_id, email, name, department, role, status, joined_at))

// One alone: what its role and its groups give.
struct MemberDetails {
  UserId user_id;
  PersonalText email;
  PersonalText name;
  PersonalText department;
  RoleId role;
  MemberStatus status{};
  Timestamp joined_at;
  std::vector<std::string> privileges;
  std::vector<GroupId> group_ids;
};
BOOST_DESCRIBE_STRUCT(MemberDetails, (),
                      (user_id, email, name, department, role, status, joined_at, privileges, group_ids))

struct RoleItem {
  RoleId role_id;
  std::string name;
  bool builtin{};
  std::vector<std::string> privileges;
};
BOOST_DESCRIBE_STRUCT(RoleItem, (), (role_id, name, builtin, privileges))

struct GroupItem {
  GroupId group_id;
  std::string name;
  std::uint64_t members{};
  std::optional<std::vector<UserId>>
      user_ids;  // of a single one: the first group_members_shown_max; all of them have a list
};
BOOST_DESCRIBE_STRUCT(GroupItem, (), (group_id, name, members, user_ids))

inline constexpr std::size_t notification_receivers_shown_max = 100;
inline constexpr std::size_t group_members_shown_max = 1'000;

}  // namespace gatehouse::api
