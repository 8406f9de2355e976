#include "domain/audience_walk.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "domain/allow_list.hpp"
#include "domain/request.hpp"
#include "domain/state_keys.hpp"
#include "domain/subscription.hpp"

namespace gatehouse {

namespace {

struct Names {
  std::vector<UserId> users;
  std::vector<GroupId> groups;
};

// What pending requests and suspensions there are that such a grant could settle.
struct Backlog {
  std::uint64_t requests{};
  std::uint64_t suspended{};
  std::uint64_t suspended_members{};  // by an app added for everyone: found among the members alone
};

// One question: what is it about, and how much may be looked at for the answer.
struct Walk {
  const State& state;
  const AppId& app;
  const GovernedAppRow& governed;
  Covers covered;
  std::size_t rows_max;
};

// Names are cheap to look at: so many are tried before the backlog is, whose rows are of every subscriber.
constexpr std::size_t names_tried_first = 1'000;

using Users = std::set<UserId>;
using IsNamed = std::function<bool(const UserId&)>;
using NamesWithin = std::function<std::optional<Names>(std::size_t rows_max)>;

Backlog backlog_of(const GovernedAppRow& governed, Covers covered) {
  const bool development = covered == Covers::development_too;
  const auto& requests = governed.pre_approval_requests;
  return {requests.pending - (development ? 0 : requests.pending_development),
          governed.suspended - (development ? 0 : governed.suspended_development), governed.everyone_suspended};
}

// The fewest rows that a walk over the backlog looks at.
std::size_t backlog_rows(const Walk& walk, const Backlog& backlog) {
  const auto account = walk.state.account();
  const auto members = backlog.suspended_members > 0 && account ? account->active_members : 0;
  return backlog.requests + backlog.suspended + members;
}

std::optional<Names> names_on_list(const State& state, const AppId& app, std::size_t rows_max) {
  std::optional<Names> names(std::in_place);
  state.rows().scan(state_keys::allow_list(state.account_id(), app), [&](std::string_view key, std::string_view) {
    if (names->users.size() + names->groups.size() == rows_max) {
      names.reset();
      return false;
    }
    KeyParts parts(key);
    parts.text(), parts.text();
    const auto entry = parts.text();
    const auto name = entry.substr(2);
    if (entry.starts_with("u:")) {
      names->users.emplace_back(name);
    } else if (entry.starts_with("e:")) {
      if (auto user = state.member_found_by(name))
        names->users.push_back(std::move(*user));
    } else if (entry_in_force(state, app, entry)) {
      names->groups.emplace_back(name);
    }
    return true;
  });
  return names;
}

std::optional<Users> users_named(const State& state, const Names& names, std::size_t rows_max) {
  std::size_t rows = names.users.size();
  for (const auto& id : names.groups) {
    const auto group = state.group(id);
    rows += group ? group->members : 0;
  }
  if (rows > rows_max)
    return std::nullopt;
  Users users(names.users.begin(), names.users.end());
  for (const auto& group : names.groups) {
    state.visit_group_members(group, [&](const UserId& user) {
      users.insert(user);
      return true;
    });
  }
  return users;
}

// Users of the backlog, as long as not more rows than allowed are looked at.
class BacklogUsers {
 public:
  explicit BacklogUsers(const Walk& walk) : walk_(walk) {}

  void add_requesters() {
    for (const auto credentials : {Credentials::production, Credentials::development}) {
      visit_pending_requests(walk_.state, walk_.app, RequestKind::pre_approval, credentials,
                             [&](const RequestRow& request) { return look_at(request.details.user_id); });
    }
  }

  void add_subscribers() {
    const auto prefix = state_keys::user_subscriptions_of_app(walk_.state.account_id(), walk_.app);
    walk_.state.rows().scan(prefix, [&](std::string_view key, std::string_view) {
      KeyParts parts(key);
      parts.text(), parts.text();
      return look_at(UserId{parts.text()});
    });
  }

  void add_members() {
    walk_.state.rows().scan(state_keys::members(walk_.state.account_id()), [&](std::string_view key, std::string_view) {
      KeyParts parts(key);
      parts.text();
      return look_at(UserId{parts.text()});
    });
  }

  std::optional<Users> take() { return too_many_ ? std::nullopt : std::optional(std::move(users_)); }

 private:
  bool look_at(UserId user) {
    too_many_ = too_many_ || rows_ == walk_.rows_max;
    if (too_many_)
      return false;
    ++rows_;
    users_.insert(std::move(user));
    return true;
  }

  const Walk& walk_;
  Users users_;
  std::size_t rows_{};
  bool too_many_{};
};

std::optional<Users> users_of_backlog(const Walk& walk, const Backlog& backlog, const IsNamed& is_named) {
  BacklogUsers found(walk);
  if (backlog.requests > 0)
    found.add_requesters();
  if (backlog.suspended > 0)
    found.add_subscribers();
  if (backlog.suspended_members > 0)
    found.add_members();
  auto users = found.take();
  if (users)
    std::erase_if(*users, [&](const UserId& user) { return !is_named(user); });
  return users;
}

void add_reach(const Walk& walk, const UserId& user, AudienceReach& reach) {
  const auto& [state, app, governed, covered, rows_max] = walk;
  const bool development = covered == Covers::development_too;
  const auto request = pending_request(state, app, RequestKind::pre_approval, user);
  if (request && (development || request->details.credentials == Credentials::production)) {
    reach.requests.push_back(request->details.request_id);
  }
  // The catalogue is left out: a fold looks at the account alone.
  const auto subscription = standing_of(governed, state.member(user), state.user_subscription(app, user));
  if (!subscription || !subscription->suspended)
    return;
  if (development || subscription->credentials == Credentials::production)
    reach.suspensions.push_back(user);
}

std::optional<AudienceReach> bounded_reach_of(const Walk& walk, const NamesWithin& names_within,
                                              const IsNamed& is_named) {
  const auto backlog = backlog_of(walk.governed, walk.covered);
  const auto fewest = backlog_rows(walk, backlog);
  if (fewest == 0)
    return AudienceReach{};
  const auto by_name = [&](std::size_t rows_max) -> std::optional<Users> {
    const auto names = names_within(rows_max);
    return names ? users_named(walk.state, *names, rows_max) : std::nullopt;
  };
  auto users = by_name(std::min(std::max(fewest, names_tried_first), walk.rows_max));
  if (!users && fewest <= walk.rows_max)
    users = users_of_backlog(walk, backlog, is_named);
  if (!users)
    users = by_name(walk.rows_max);
  if (!users)
    return std::nullopt;
  AudienceReach reach;
  for (const auto& user : *users)
    add_reach(walk, user, reach);
  return reach;
}

// Without a bound, the decision's bound first: so a fold goes the way that the decision went.
std::optional<AudienceReach> reach_of(Walk walk, const NamesWithin& names_within, const IsNamed& is_named) {
  const auto rows_max = walk.rows_max;
  walk.rows_max = std::min(rows_max, limits::audience_walk_max);
  auto reach = bounded_reach_of(walk, names_within, is_named);
  if (reach || rows_max == walk.rows_max)
    return reach;
  walk.rows_max = rows_max;
  return bounded_reach_of(walk, names_within, is_named);
}

}  // namespace

Covers covers(bool includes_development) { return includes_development ? Covers::development_too : Covers::production; }

std::optional<AudienceReach> reach_of_list(const State& state, const AppId& app, Covers covered, std::size_t rows_max) {
  const auto governed = state.governed_app(app);
  return reach_of(
      {state, app, governed, covered, rows_max},
      [&](std::size_t names_max) { return names_on_list(state, app, names_max); },
      [&](const UserId& user) {
        const auto member = state.member(user);
        return member && is_listed(state, app, user, *member);
      });
}

std::optional<AudienceReach> reach_of_entry(const State& state, const AppId& app, const AllowListEntry& entry,
                                            Covers covered, std::size_t rows_max) {
  const auto governed = state.governed_app(app);
  Names names;
  if (entry.kind == EntryKind::user)
    names.users = {entry.user_id};
  if (entry.kind == EntryKind::group)
    names.groups = {entry.group_id};
  return reach_of(
      {state, app, governed, covered, rows_max}, [&](std::size_t) { return names; },
      [&](const UserId& user) {
        return entry.kind == EntryKind::user ? user == entry.user_id : state.in_group(entry.group_id, user);
      });
}

}  // namespace gatehouse
