#include "domain/privileges.hpp"

#include <algorithm>
#include <array>

#include "table/assert.hpp"

namespace gatehouse {

namespace {

constexpr std::string_view read_suffix = ":Read";
constexpr std::string_view edit_suffix = ":Edit";

// The vendor's areas. Most have both privileges; some can only be read, one only be edited.
constexpr std::array<std::string_view, 25> areas_read_and_edit{
    "User",          "Role",          "Group",           "AccountProfile",       "AccountSetting",     "WebinarSetting",
    "Recording",     "SubAccount",    "ZoomRooms",       "DigitalSignage",       "IMGroups",           "IMSetting",
    "BillingSubscription", "BillingInformation", "ScheduleTrackingFields", "PbxAdmin", "ZoomDevelopers", "RoomConnector",
    "CrossHybrid",   "LyncConnector", "ThirdPartyConference", "Branding",        "SingleSignOn",       "Integration",
    "MarketPlace"};
constexpr std::array<std::string_view, 5> areas_read_only{"RecordingContent", "IMChatHistory", "Dashboard", "UsageReport",
                                                          "UserActivitiesReport"};
constexpr std::array<std::string_view, 1> areas_edit_only{"IMChatBot"};

std::vector<std::string> make_known_privileges() {
  std::vector<std::string> all;
  const auto add = [&all](const auto& areas, std::string_view suffix) {
    for (const auto area : areas) all.push_back(std::string(area).append(suffix));
  };
  add(areas_read_and_edit, read_suffix);
  add(areas_read_and_edit, edit_suffix);
  add(areas_read_only, read_suffix);
  add(areas_edit_only, edit_suffix);
  std::ranges::sort(all);
  return all;
}

bool has(const std::vector<std::string>& privileges, std::string_view wanted) {
  return std::ranges::find(privileges, wanted) != privileges.end();
}

}  // namespace

bool is_builtin_role(const RoleId& role) { return role == owner_role || role == admin_role || role == member_role; }

RoleRow builtin_role_row(const RoleId& role) {
  GATEHOUSE_ASSERT(is_builtin_role(role));
  RoleRow row;
  row.name = role.value;
  if (role != member_role) row.privileges.assign(known_privileges().begin(), known_privileges().end());
  return row;
}

std::span<const std::string> known_privileges() {
  static const auto all = make_known_privileges();
  return all;
}

bool is_known_privilege(std::string_view privilege) { return std::ranges::binary_search(known_privileges(), privilege); }

bool grants(const std::vector<std::string>& privileges, std::string_view wanted) {
  if (has(privileges, wanted)) return true;
  if (!wanted.ends_with(read_suffix)) return false;
  return has(privileges, std::string(wanted.substr(0, wanted.size() - read_suffix.size())).append(edit_suffix));
}

bool holds(const State& state, const UserId& user, std::string_view privilege) {
  const auto member = state.active_member(user);
  return member && role_grants(state, member->role_id, privilege);
}

bool role_grants(const State& state, const RoleId& role, std::string_view privilege) {
  if (role == owner_role || role == admin_role) return true;
  if (role == member_role) return false;
  const auto row = state.role(role);
  return row && grants(row->privileges, privilege);
}

}  // namespace gatehouse
