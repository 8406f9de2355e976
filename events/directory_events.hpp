// Events of an account's own settings and directory: policies, members, roles, groups.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/ids.hpp"
#include "events/personal_text.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse {

// Whether apps of one class need an admin's pre-approval, and whose apps are exempt (D1, R24..R29).
struct ApprovalPolicy {
  bool required{};
  bool exempt_platform{};
  bool exempt_account{};
  bool operator==(const ApprovalPolicy&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalPolicy, (), (required, exempt_platform, exempt_account))

// The first event of an account; the owner's MemberAdded follows in the same commit.
struct AccountOpened {
  std::string name;
  UserId owner_id;
  ApprovalPolicy public_policy;
  ApprovalPolicy unlisted_policy;
  bool user_installs_blocked{};
  bool notifications_enabled{};
  std::vector<UserId> notification_recipients;
};
BOOST_DESCRIBE_STRUCT(AccountOpened, (),
                      (name, owner_id, public_policy, unlisted_policy, user_installs_blocked, notifications_enabled,
                       notification_recipients))

// Also the return of a member who was removed or deactivated.
struct MemberAdded {
  UserId user_id;
  RoleId role_id;
  PersonalText email;
  PersonalText name;
  PersonalText department;
};
BOOST_DESCRIBE_STRUCT(MemberAdded, (), (user_id, role_id, email, name, department))

struct MemberEmailChanged {
  UserId user_id;
  PersonalText email;
};
BOOST_DESCRIBE_STRUCT(MemberEmailChanged, (), (user_id, email))

struct MemberProfileChanged {
  UserId user_id;
  PersonalText name;
  PersonalText department;
};
BOOST_DESCRIBE_STRUCT(MemberProfileChanged, (), (user_id, name, department))

// Suspends the member's subscriptions and withdraws the pending requests; the counts say how many.
struct MemberDeactivated {
  UserId user_id;
  std::uint64_t suspended{};
  std::uint64_t withdrawn_requests{};
};
BOOST_DESCRIBE_STRUCT(MemberDeactivated, (), (user_id, suspended, withdrawn_requests))

// Ends the member's subscriptions, withdraws the pending requests and orphans the account subscriptions the member installed (D26).
struct MemberRemoved {
  UserId user_id;
  std::uint64_t removed_subscriptions{};
  std::uint64_t withdrawn_requests{};
};
BOOST_DESCRIBE_STRUCT(MemberRemoved, (), (user_id, removed_subscriptions, withdrawn_requests))

struct RoleDefined {
  RoleId role_id;
  std::string name;
  std::vector<std::string> privileges;
};
BOOST_DESCRIBE_STRUCT(RoleDefined, (), (role_id, name, privileges))

struct RoleChanged {
  RoleId role_id;
  std::string name;
  std::vector<std::string> privileges;
};
BOOST_DESCRIBE_STRUCT(RoleChanged, (), (role_id, name, privileges))

struct RoleRemoved {
  RoleId role_id;
};
BOOST_DESCRIBE_STRUCT(RoleRemoved, (), (role_id))

struct RoleAssigned {
  UserId user_id;
  RoleId role_id;
  RoleId previous_role_id;
};
BOOST_DESCRIBE_STRUCT(RoleAssigned, (), (user_id, role_id, previous_role_id))

struct GroupCreated {
  GroupId group_id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(GroupCreated, (), (group_id, name))

struct GroupRenamed {
  GroupId group_id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(GroupRenamed, (), (group_id, name))

struct GroupRemoved {
  GroupId group_id;
  std::uint64_t members{};
};
BOOST_DESCRIBE_STRUCT(GroupRemoved, (), (group_id, members))

struct GroupMemberAdded {
  GroupId group_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(GroupMemberAdded, (), (group_id, user_id))

struct GroupMemberRemoved {
  GroupId group_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(GroupMemberRemoved, (), (group_id, user_id))

struct ApprovalPolicyChanged {
  AppClass app_class{};
  ApprovalPolicy policy;
};
BOOST_DESCRIBE_STRUCT(ApprovalPolicyChanged, (), (app_class, policy))

struct UserInstallBlockChanged {
  bool blocked{};
};
BOOST_DESCRIBE_STRUCT(UserInstallBlockChanged, (), (blocked))

struct NotificationSettingsChanged {
  bool enabled{};
  std::vector<UserId> recipients;
};
BOOST_DESCRIBE_STRUCT(NotificationSettingsChanged, (), (enabled, recipients))

}  // namespace gatehouse
