// Event structs as they were stored by earlier versions, one namespace a version; nothing in here ever changes again. A struct that a
// frozen event holds is frozen with it. events/upcast.hpp leads from each of them to the next.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/ids.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse::v1 {

struct AppFacts {
  std::string name;
  std::string description;
  std::string company;
  std::vector<std::string> categories;
  ManagementLevel level{};
  bool listed{};
  std::vector<std::string> required_scopes;
  std::vector<std::string> optional_scopes;
  bool has_production{};
  bool has_development{};
  std::string support_url;
  std::string terms_url;
  std::string privacy_url;
  std::string documentation_url;
};
BOOST_DESCRIBE_STRUCT(AppFacts, (),
                      (name, description, company, categories, level, listed, required_scopes, optional_scopes,
                       has_production, has_development, support_url, terms_url, privacy_url, documentation_url))

struct AppRegistered {
  AppId app_id;
  DeveloperKind developer{};
  AccountId developer_account_id;
  AppFacts facts;
  std::string manifest;
};
BOOST_DESCRIBE_STRUCT(AppRegistered, (), (app_id, developer, developer_account_id, facts, manifest))

struct AppAddedForAudience {
  AppId app_id;
  Audience audience{};
  std::vector<UserId> user_ids;
  std::vector<GroupId> group_ids;
  UserId added_by;
  std::vector<std::string> granted_scopes;
  std::uint64_t added{};
};
BOOST_DESCRIBE_STRUCT(AppAddedForAudience, (), (app_id, audience, user_ids, group_ids, added_by, granted_scopes, added))

struct AppUninstalled {
  AppId app_id;
  UninstallTarget target{};
  UserId user_id;
  UserId uninstalled_by;
  UninstallCause cause{};
  std::uint64_t removed{};
};
BOOST_DESCRIBE_STRUCT(AppUninstalled, (), (app_id, target, user_id, uninstalled_by, cause, removed))

}  // namespace gatehouse::v1

namespace gatehouse::v2 {

struct AppAddedForAudience {
  AppId app_id;
  Audience audience{};
  std::vector<UserId> user_ids;
  std::vector<GroupId> group_ids;
  UserId added_by;
  std::vector<std::string> granted_scopes;
  std::uint64_t added{};
  std::vector<std::string> approved_scopes;
  bool includes_development{};
  std::uint64_t approved_requests{};
  std::uint64_t lifted{};
};
BOOST_DESCRIBE_STRUCT(AppAddedForAudience, (),
                      (app_id, audience, user_ids, group_ids, added_by, granted_scopes, added, approved_scopes,
                       includes_development, approved_requests, lifted))

}  // namespace gatehouse::v2
