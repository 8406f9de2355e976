// Who may install what, and who has it, before some change and after it: what "what if" is asked for. Both states are read row by row, so nothing has to be
// recorded to compare them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/state.hpp"
#include "events/envelope.hpp"

namespace gatehouse {

// Where a difference may be. Absent: anywhere.
struct Reach {
  std::optional<std::vector<AppId>> apps;
  std::optional<std::vector<UserId>> users;
};
// Of these events of one account; nothing where they cannot change what anybody may or has.
[[nodiscard]] std::optional<Reach> reach_of(const std::vector<RecordedEvent>& events);

inline constexpr std::size_t named_users_max = 100;  // of each group that is told

struct UserGroup {
  std::uint64_t count{};
  std::vector<UserId> first;  // the first named_users_max by id
  void add(const UserId& user);
};

struct AppDifference {
  AppId app_id;
  // The right to install: every condition of the gate but having it already.
  UserGroup gain, lose;
  // Installations that work.
  UserGroup stop, start;
  bool account_stops{}, account_starts{};  // the account's own, which serves everybody
  [[nodiscard]] bool empty() const;
};

struct RightsDifference {
  std::vector<AppDifference> apps;  // those where something differs, by id
  std::uint64_t apps_compared{};
  std::uint64_t members_compared{};
  std::optional<UserId> compared_to;  // go on after this member; nothing: that was everybody
};

struct RightsRange {
  Reach reach;
  UserId after;                       // the member before the first one
  std::size_t questions_max = 5'000;  // an app and a member are one
};
// Whether an app is one that rights may be compared for: the account can see it, or governs it.
[[nodiscard]] bool concerns(const State& state, const AppId& app);
// The states are of the same account. All apps means those that concern it before or after.
[[nodiscard]] RightsDifference compare_rights(const State& before, const State& after, const RightsRange& range);

}  // namespace gatehouse
