#include "domain/rights_difference.hpp"

#include <algorithm>
#include <concepts>
#include <functional>
#include <set>

#include "domain/gate.hpp"
#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"

namespace gatehouse {

namespace {

constexpr std::uint8_t has_it_step = 4;

struct Named {
  std::set<AppId> apps;
  std::set<UserId> users;
  bool any_app{}, any_user{}, nobody = true;

  void add(const AppId& app, const UserId* user) {
    nobody = false;
    apps.insert(app);
    if (user != nullptr)
      users.insert(*user);
    else
      any_user = true;
  }
  void add_user(const UserId& user) {
    nobody = false;
    any_app = true;
    users.insert(user);
  }
  void add_all() { nobody = false, any_app = any_user = true; }
};

template <class T>
concept OfOneUser = std::same_as<T, PreApprovalRequested> || std::same_as<T, InstallRequested>;
template <class T>
concept OfOneMember = std::same_as<T, MemberAdded> || std::same_as<T, MemberEmailChanged> ||
    std::same_as<T, MemberDeactivated> || std::same_as<T, MemberRemoved> || std::same_as<T, RoleAssigned> ||
    std::same_as<T, GroupMemberAdded> || std::same_as<T, GroupMemberRemoved>;
// Names, profiles and what became of requests are no conditions of the gate.
template <class T>
concept OfNobody = std::same_as<T, MemberProfileChanged> || std::same_as<T, GroupCreated> ||
    std::same_as<T, GroupRenamed> || std::same_as<T, NotificationSettingsChanged> || std::same_as<T, RoleDefined> ||
    std::same_as<T, SubjectErasureRequested> || std::same_as<T, SubjectErased>;
template <class T>
concept OfApp = requires(const T& event) {
  { event.app_id } -> std::convertible_to<const AppId&>;
};

void add(Named& named, const Event& event) {
  std::visit(
      [&](const auto& data) {
        using T = std::remove_cvref_t<decltype(data)>;
        if constexpr (OfOneUser<T>) {
          named.add(data.request.app_id, &data.request.user_id);
        } else if constexpr (OfOneMember<T>) {
          named.add_user(data.user_id);
        } else if constexpr (OfApp<T>) {
          named.add(data.app_id, nullptr);
        } else if constexpr (!OfNobody<T>) {
          named.add_all();
        }
      },
      event);
}

// Unlisted apps are known to whoever was told of them: nobody finds them by looking around (R2).
bool is_found(const State& state, const AppId& id) {
  const auto app = state.app(id);
  return app && ((app->published && app->listed) || app->developer_account_id == state.account_id() ||
                 state.governed_app(id).version != 0);
}

std::vector<AppId> apps_of(const State& before, const State& after) {
  std::vector<AppId> apps;
  after.rows().scan(state_keys::apps(), [&](std::string_view key, std::string_view) {
    KeyParts parts(key);
    AppId id{parts.text()};
    if ((concerns(after, id) && is_found(after, id)) || (concerns(before, id) && is_found(before, id)))
      apps.push_back(std::move(id));
    return true;
  });
  return apps;
}

struct Standing {
  bool may{};
  bool has{};
};

Standing standing(const State& state, const AppId& app_id, const UserId& user) {
  const auto app = state.app(app_id);
  if (!app)
    return {};
  const auto gate = ask_gate(state, {app_id, user, usual_credentials(app->facts)});
  const auto subscription = effective_user_subscription(state, app_id, user);
  return {.may = std::ranges::all_of(gate.unmet, [](const Unmet& unmet) { return unmet.step == has_it_step; }),
          .has = subscription && subscription->active()};
}

bool account_has(const State& state, const AppId& app) {
  const auto subscription = effective_account_subscription(state, app);
  return subscription && subscription->active();
}

void compare(AppDifference& difference, const State& before, const State& after, const UserId& user) {
  const auto then = standing(before, difference.app_id, user);
  const auto now = standing(after, difference.app_id, user);
  if (then.may != now.may)
    (now.may ? difference.gain : difference.lose).add(user);
  if (then.has != now.has)
    (now.has ? difference.start : difference.stop).add(user);
}

// The members whose ids come after `after`; those who left are among them.
void visit_members(const State& state, const RightsRange& range, const std::function<bool(const UserId&)>& visit) {
  if (range.reach.users) {
    for (const auto& user : *range.reach.users) {
      if (user > range.after && !visit(user))
        return;
    }
    return;
  }
  const auto from = range.after.empty() ? std::string() : state_keys::member(state.account_id(), range.after) + '\0';
  state.rows().scan(state_keys::members(state.account_id()), from, [&](std::string_view key, std::string_view) {
    KeyParts parts(key);
    parts.text();
    return visit(UserId{parts.text()});
  });
}

}  // namespace

void UserGroup::add(const UserId& user) {
  ++count;
  if (first.size() < named_users_max)
    first.push_back(user);
}

bool AppDifference::empty() const {
  return gain.count + lose.count + stop.count + start.count == 0 && !account_stops && !account_starts;
}

std::optional<Reach> reach_of(const std::vector<RecordedEvent>& events) {
  Named named;
  for (const auto& event : events) {
    if (event.known() != nullptr)
      add(named, *event.known());
  }
  if (named.nobody)
    return std::nullopt;
  Reach reach;
  if (!named.any_app)
    reach.apps.emplace(named.apps.begin(), named.apps.end());
  if (!named.any_user)
    reach.users.emplace(named.users.begin(), named.users.end());
  return reach;
}

bool concerns(const State& state, const AppId& app) {
  const auto row = state.app(app);
  return row && (is_visible(*row, state.account_id()) ||
                 state.rows().get(state_keys::governed_app(state.account_id(), app)).has_value());
}

RightsDifference compare_rights(const State& before, const State& after, const RightsRange& range) {
  RightsDifference difference;
  std::vector<AppDifference> all;
  for (auto& app : range.reach.apps ? *range.reach.apps : apps_of(before, after)) {
    auto& one = all.emplace_back();
    one.app_id = std::move(app);
    if (range.after.empty()) {
      const bool had = account_has(before, one.app_id), has = account_has(after, one.app_id);
      one.account_stops = had && !has;
      one.account_starts = !had && has;
    }
  }
  difference.apps_compared = all.size();
  visit_members(after, range, [&](const UserId& user) {
    if (difference.members_compared > 0 && (difference.members_compared + 1) * all.size() > range.questions_max)
      return false;
    for (auto& app : all)
      compare(app, before, after, user);
    ++difference.members_compared;
    difference.compared_to = user;
    return true;
  });
  bool more = false;
  if (difference.compared_to) {
    auto rest = range;
    rest.after = *difference.compared_to;
    visit_members(after, rest, [&](const UserId&) { return !(more = true); });
  }
  if (!more)
    difference.compared_to.reset();
  std::erase_if(all, [](const AppDifference& app) { return app.empty(); });
  difference.apps = std::move(all);
  return difference;
}

}  // namespace gatehouse
