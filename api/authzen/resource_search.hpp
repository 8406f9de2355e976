// Which apps a user may do something to: a bounded number is judged for each part of the answer.
#pragma once
#include "api/authzen/judgement.hpp"
#include "api/authzen/policy.hpp"

namespace gatehouse::api::authzen {

// A search judges no more than this for one page: among those who all have the app already it answers in milliseconds that there is more to see.
inline constexpr std::size_t search_judged_max = 1'000;

// Among the apps that the account has pre-approved, then among those that its members find when they look around.
[[nodiscard]] Found search_governed(const QueryContext& context, const Deed& deed, const SearchRange& range);

// Among those that the user has.
[[nodiscard]] Found search_own(const QueryContext& context, Deed deed, const SearchRange& range);

}  // namespace gatehouse::api::authzen
