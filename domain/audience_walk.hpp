// Whom an audience of names concerns: the users whose pending requests a grant for selected users approves, and whose suspensions it lifts (D4,
// D9). One walk for the decision, which counts them, and for the fold, which settles them. It goes over the names or over what there is to settle,
// whichever is fewer, and costs nothing when there is nothing to settle.
#pragma once
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "domain/limits.hpp"
#include "domain/state.hpp"

namespace gatehouse {

// In the order of user ids, whichever way the walk went.
struct AudienceReach {
  std::vector<RequestId> requests;
  std::vector<UserId> suspensions;

  [[nodiscard]] bool empty() const { return requests.empty() && suspensions.empty(); }
};

// A grant that does not cover development leaves requests and subscriptions for development credentials as they are (D24).
enum class Covers : bool { production, development_too };
[[nodiscard]] Covers covers(bool includes_development);

// Folds do not bound the walk: what was decided within the bound of its day stays decided.
inline constexpr std::size_t walk_unbounded = std::numeric_limits<std::size_t>::max();

// Nothing when more than `rows_max` rows would have to be looked at either way.
[[nodiscard]] std::optional<AudienceReach> reach_of_list(const State& state, const AppId& app, Covers covered,
                                                         std::size_t rows_max = limits::audience_walk_max);
[[nodiscard]] std::optional<AudienceReach> reach_of_entry(const State& state, const AppId& app,
                                                          const AllowListEntry& entry, Covers covered,
                                                          std::size_t rows_max = limits::audience_walk_max);

}  // namespace gatehouse
