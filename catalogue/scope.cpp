#include "catalogue/scope.hpp"

#include <algorithm>
#include <array>
#include <boost/describe/enum_to_string.hpp>
#include <utility>
#include <vector>

namespace gatehouse::catalogue {

namespace {

constexpr std::size_t parts_max = 4;
constexpr std::size_t part_bytes_max = 64;

// D15: the area whose Read or Edit privilege grants the admin scopes of a service. Everything else is Integration.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> areas{{{"user", "User"},
                                                                               {"role", "Role"},
                                                                               {"group", "Group"},
                                                                               {"account", "AccountSetting"},
                                                                               {"cloud_recording", "Recording"},
                                                                               {"report", "UsageReport"},
                                                                               {"dashboard", "Dashboard"},
                                                                               {"phone", "PbxAdmin"},
                                                                               {"zoom_rooms", "ZoomRooms"},
                                                                               {"billing", "BillingSubscription"},
                                                                               {"tracking_field", "ScheduleTrackingFields"},
                                                                               {"marketplace", "MarketPlace"}}};

std::vector<std::string_view> split(std::string_view name) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0; start <= name.size();) {
    const auto end = std::min(name.find(':', start), name.size());
    parts.push_back(name.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

bool is_part(std::string_view part) {
  return !part.empty() && part.size() <= part_bytes_max && std::all_of(part.begin(), part.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_level(std::string_view part) { return part == "admin" || part == "master"; }

bool reads(const std::vector<std::string_view>& parts) {
  return std::find(parts.begin() + (parts.size() > 1 ? 1 : 0), parts.end(), "read") != parts.end();
}

std::string privilege_of(const std::vector<std::string_view>& parts, ScopeLevel level) {
  if (level == ScopeLevel::user) return {};
  if (level == ScopeLevel::master) return "owner";
  const std::string_view action = reads(parts) ? ":Read" : ":Edit";
  if (parts.front() == "scim2") return std::string("User").append(action).append("+Group").append(action);
  const auto area = std::find_if(areas.begin(), areas.end(), [&](const auto& entry) { return entry.first == parts.front(); });
  return std::string(area == areas.end() ? "Integration" : area->second).append(action);
}

std::string words(std::string_view part) {
  std::string text(part);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string_view verb_of(std::string_view action) {
  if (action == "read") return "View";
  if (action == "write" || action == "wirte") return "Create and change";  // the vendor's own spelling of some names
  if (action == "update" || action == "patch" || action == "udpate") return "Change";
  if (action == "delete") return "Delete";
  return {};
}

// For example "View meetings (meeting), for every user in the account".
std::string description_of(const std::vector<std::string_view>& parts, ScopeLevel level) {
  std::string_view verb;
  std::string object;
  for (std::size_t index = 1; index < parts.size(); ++index) {
    if (is_level(parts[index])) continue;
    if (const auto found = verb_of(parts[index]); verb.empty() && !found.empty()) {
      verb = found;
      continue;
    }
    if (!object.empty()) object += ", ";
    object += words(parts[index].starts_with("list_") ? parts[index].substr(5) : parts[index]);
  }
  std::string text(verb.empty() ? "Use" : verb);
  text += object.empty() ? " " + words(parts.front()) : " " + object + " (" + words(parts.front()) + ")";
  switch (level) {
    case ScopeLevel::user: return text += ", for the user alone";
    case ScopeLevel::admin: return text += ", for every user in the account";
    case ScopeLevel::master: return text += ", in sub-accounts";
  }
  return text;
}

}  // namespace

std::string_view to_text(ScopeLevel level) { return boost::describe::enum_to_string(level, "?"); }

bool is_well_formed(std::string_view name) {
  if (name.size() > scope_bytes_max) return false;
  const auto parts = split(name);
  return parts.size() <= parts_max && !is_level(parts.front()) && std::all_of(parts.begin(), parts.end(), is_part);
}

ScopeLevel level_of(std::string_view name) {
  const auto parts = split(name);
  if (std::find(parts.begin() + 1, parts.end(), "master") != parts.end()) return ScopeLevel::master;
  return std::find(parts.begin() + 1, parts.end(), "admin") != parts.end() ? ScopeLevel::admin : ScopeLevel::user;
}

Scope describe(std::string_view name) {
  const auto parts = split(name);
  const auto level = level_of(name);
  return {std::string(name), level, privilege_of(parts, level), description_of(parts, level)};
}

}  // namespace gatehouse::catalogue
