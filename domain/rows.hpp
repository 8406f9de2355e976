// The rows of the state that decisions read, by key. What one event does to many (a switched-off app suspends 100,000 subscriptions) is kept
// as a version on the app's row and derived when a single subscription or request is read, so no event costs more than the rows it names.
// `version` is the account_version of the last event that changed the row: its ETag. Times are server time.
#pragma once
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/webhook_rows.hpp"
#include "events/catalogue_events.hpp"
#include "events/directory_events.hpp"
#include "events/envelope.hpp"
#include "events/request_events.hpp"

namespace gatehouse {

// Raise it whenever the same events would give other rows: the next start makes them anew before it serves.
inline constexpr std::uint64_t state_rows_version = 9;

BOOST_DEFINE_FIXED_ENUM_CLASS(MemberStatus, std::uint8_t, active, deactivated, removed)

struct AccountRow {
  std::string name;
  UserId owner_id;
  ApprovalPolicy public_policy;
  ApprovalPolicy unlisted_policy;
  bool user_installs_blocked{};
  bool notifications_enabled{};
  std::vector<UserId> notification_recipients;
  std::uint64_t active_members{};
  std::uint64_t apps_for_everyone{};  // that were added for everyone, as governed apps say
  Timestamp opened_at;
  std::uint64_t permissions_version{};
  std::uint64_t notifications_version{};
};
BOOST_DESCRIBE_STRUCT(AccountRow, (),
                      (name, owner_id, public_policy, unlisted_policy, user_installs_blocked, notifications_enabled,
                       notification_recipients, active_members, apps_for_everyone, opened_at, permissions_version,
                       notifications_version))

// Stays when the member leaves. joined_version is that of the latest MemberAdded: what ended before it does not concern the member.
struct MemberRow {
  RoleId role_id;
  PersonalText email;
  PersonalText name;
  PersonalText department;
  MemberStatus status{};
  std::uint64_t joined_version{};
  Timestamp joined_at;
  std::uint64_t member_since_version{};  // of the latest MemberAdded that was no return from deactivation
  Timestamp member_since;
  std::uint64_t deactivated_version{};  // of the latest MemberDeactivated since the latest MemberAdded; 0: none
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(MemberRow, (),
                      (role_id, email, name, department, status, joined_version, joined_at, member_since_version,
                       member_since, deactivated_version, version))

struct RoleRow {
  std::string name;
  std::vector<std::string> privileges;
  std::uint64_t members{};
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(RoleRow, (), (name, privileges, members, version))

// created_version tells one group from a later one with the same id: memberships are kept under it, so removing a group is one row.
struct GroupRow {
  std::string name;
  std::uint64_t members{};
  std::uint64_t created_version{};
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(GroupRow, (), (name, members, created_version, version))

// Which group of this id the user is in: it counts while the group's created_version is the same.
struct MembershipRow {
  std::uint64_t created_version{};
};
BOOST_DESCRIBE_STRUCT(MembershipRow, (), (created_version))

// An app that was added for the members of a group: who joins later gets a subscription as well, unless the app was uninstalled for the
// account or the group removed since `version`.
struct AppForGroupRow {
  UserId added_by;
  Timestamp added_at;
  std::vector<std::string> granted_scopes;
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(AppForGroupRow, (), (added_by, added_at, granted_scopes, version))

// An app in the catalogue. `version` is that of the catalogue stream.
struct AppRow {
  std::string app_type;
  DeveloperKind developer{};
  AccountId developer_account_id;
  AppFacts facts;
  std::uint32_t manifest_version{};
  bool activated{};
  bool published{};
  bool listed{};  // set by publishing
  bool withdrawn{};
  Timestamp withdrawn_at;
  UserId creator_id;  // who registered it, where that was a user
  Timestamp registered_at;
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(AppRow, (),
                      (app_type, developer, developer_account_id, facts, manifest_version, activated, published, listed,
                       withdrawn, withdrawn_at, creator_id, registered_at, version))

// A secret of an OAuth client. An empty id: there is none.
struct ClientSecretState {
  SecretId secret_id;
  std::string sha256;    // base64url
  Timestamp expires_at;  // 0: not before the app goes
};
BOOST_DESCRIBE_STRUCT(ClientSecretState, (), (secret_id, sha256, expires_at))

// An OAuth client of an app.
struct ClientRow {
  AppId app_id;
  Credentials credentials{};
  ClientSecretState current;
  ClientSecretState previous;
  std::vector<Timestamp> changes;  // of its secrets, the latest ones: no more than the limit counts
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(ClientRow, (), (app_id, credentials, current, previous, changes, version))

struct ScopeRow {
  std::string description;
  std::string privilege;
};
BOOST_DESCRIBE_STRUCT(ScopeRow, (), (description, privilege))

// Requests of one kind for one app: how many, and the last events that settled all pending ones at once (the BulkDecisionRow has them).
// A grant for everyone that does not cover development leaves the requests for development credentials pending (D24).
struct RequestCounters {
  std::uint64_t total{};
  std::uint64_t pending{};
  std::uint64_t pending_development{};  // of these, for development credentials
  std::uint64_t approved{};             // or fulfilled
  std::uint64_t rejected{};
  std::uint64_t settled_all_version{};
  std::uint64_t settled_development_version{};  // the same for requests for development credentials
  Timestamp latest_at;
  std::uint64_t latest_version{};
};
BOOST_DESCRIBE_STRUCT(RequestCounters, (),
                      (total, pending, pending_development, approved, rejected, settled_all_version,
                       settled_development_version, latest_at, latest_version))

// An AppAddedForAudience{everyone}: whoever has no live subscription then, or joins later, has one by it.
struct EveryoneGrant {
  std::uint64_t version{};
  Uuid event_id;
  UserId added_by;
  Timestamp added_at;
  std::vector<std::string> scopes;
  bool keeps_present{};  // as the event says
};
BOOST_DESCRIBE_STRUCT(EveryoneGrant, (), (version, event_id, added_by, added_at, scopes, keeps_present))

// An app as one account governs it. Subscriptions follow from it together with their own rows (domain/subscription.hpp).
struct GovernedAppRow {
  bool pre_approval_on{};
  Audience audience{};
  bool includes_development{};
  std::vector<std::string> approved_scopes;
  UserId approver_id;
  Timestamp approved_at;
  bool restricted{};
  UserId restricted_by;
  Timestamp restricted_at;
  PersonalText restriction_reason;
  std::uint64_t restriction_suspended_version{};  // restricted with disable_existing; 0 otherwise
  std::uint64_t pre_approval_off_version{};       // last event that switched pre-approval off
  std::uint64_t everyone_version{};               // last event that made the audience everyone while pre-approval is on
  std::uint64_t everyone_development_version{};   // the same, of those that cover development credentials
  std::uint64_t uninstalled_version{};            // last AppUninstalled{target: account}
  Timestamp uninstalled_at;
  std::vector<EveryoneGrant> everyone_grants;  // ascending; an account uninstall ends them all
  std::uint64_t added_for_groups_version{};    // last AppAddedForAudience that names groups
  std::uint64_t live{};                        // live subscriptions with rows of their own, account scope included
  std::uint64_t live_development{};            // of these, with development credentials
  std::uint64_t suspended{};                   // of the live ones, suspended by pre_approval_off
  std::uint64_t suspended_development{};       // of these, with development credentials
  std::uint64_t live_members{};                // active members with a live row of their own
  std::uint64_t overrides{};                   // active members whose own row speaks instead of everyone_grants
  std::uint64_t everyone_deactivated{};  // deactivated members who had one by everyone_grants, and have it suspended
  std::uint64_t everyone_suspended{};    // subscriptions by everyone_grants that pre_approval_off suspended
  RequestCounters pre_approval_requests;
  RequestCounters install_requests;
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(GovernedAppRow, (),
                      (pre_approval_on, audience, includes_development, approved_scopes, approver_id, approved_at,
                       restricted, restricted_by, restricted_at, restriction_reason, restriction_suspended_version,
                       pre_approval_off_version, everyone_version, everyone_development_version, uninstalled_version,
                       uninstalled_at, everyone_grants, added_for_groups_version, live, live_development, suspended,
                       suspended_development, live_members, overrides, everyone_deactivated, everyone_suspended,
                       pre_approval_requests, install_requests, version))

// That a subject is to be erased, or is: nothing about it may be recorded any more.
struct ErasureRow {
  Timestamp requested_at;
  Timestamp erased_at;  // 0: the keys are not destroyed yet
};
BOOST_DESCRIBE_STRUCT(ErasureRow, (), (requested_at, erased_at))

// An erasure whose keys are to be destroyed.
struct OpenErasureRow {
  UserId user_id;
  std::vector<EntryId> entry_ids;
};
BOOST_DESCRIBE_STRUCT(OpenErasureRow, (), (user_id, entry_ids))

// The key says what the entry is (a user, an e-mail, a group). `email` is the address a user entry was made or bound from, if any.
struct AllowListRow {
  EntryId entry_id;
  PersonalText email;
  Timestamp added_at;
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(AllowListRow, (), (entry_id, email, added_at, version))

// `status` is what named events made of the request; a pending one may have been settled by a BulkDecisionRow (domain/request.hpp).
struct RequestRow {
  RequestKind kind{};
  RequestDetails details;
  RequestStatus status{};
  UserId decided_by;
  PersonalText decision_reason;
  DecisionRoute via{};
  Timestamp requested_at;
  Timestamp decided_at;
  std::uint64_t requested_version{};
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(RequestRow, (),
                      (kind, details, status, decided_by, decision_reason, via, requested_at, decided_at,
                       requested_version, version))

// What is still to be done of a notification: it is recorded once whom it goes to, and what became of it for each.
struct NotificationRow {
  NotificationKind kind{};
  AppId app_id;
  RequestId request_id;
  std::vector<UserId> open;  // to whom it is neither sent nor given up
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(NotificationRow, (), (kind, app_id, request_id, open, version))

// One event that settled every request of a kind pending at its version; with production_only those for development credentials stay pending.
struct BulkDecisionRow {
  RequestStatus status{};
  UserId decided_by;
  PersonalText reason;
  DecisionRoute via{};
  bool production_only{};
  Timestamp decided_at;
};
BOOST_DESCRIBE_STRUCT(BulkDecisionRow, (), (status, decided_by, reason, via, production_only, decided_at))

struct SubscriptionRow {
  SubscriptionId subscription_id;
  SubscriptionScope scope{};
  Credentials credentials{};
  UserId installed_by;
  std::vector<std::string> granted_scopes;
  Timestamp installed_at;
  std::uint64_t since_version{};
  bool disabled_by_admin{};
  std::uint64_t lifted_version{};  // the suspension by an earlier pre_approval_off was lifted for this one by name
  std::uint64_t ended_version{};   // 0 while it lives
  UninstallCause ended_cause{};
  Timestamp ended_at;
  std::uint64_t version{};
};
BOOST_DESCRIBE_STRUCT(SubscriptionRow, (),
                      (subscription_id, scope, credentials, installed_by, granted_scopes, installed_at, since_version,
                       disabled_by_admin, lifted_version, ended_version, ended_cause, ended_at, version))

}  // namespace gatehouse
