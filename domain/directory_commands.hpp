// Commands for an account's directory: members, roles, groups.
#pragma once
#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "events/ids.hpp"

#define GATEHOUSE_DIRECTORY_COMMANDS(X)                                                                                      \
  X(AddMember) X(ChangeMember) X(DeactivateMember) X(RemoveMember) X(DefineRole) X(RemoveRole) X(AssignRole) X(CreateGroup) \
  X(RemoveGroup) X(AddGroupMembers) X(RemoveGroupMembers)

namespace gatehouse {

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

}  // namespace gatehouse
