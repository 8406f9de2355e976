// Which apps an approval may concern, and when its allow list may be edited: the conditions that the commands of pre-approval share.
#pragma once
#include <tl/expected.hpp>

#include "domain/decide.hpp"

namespace gatehouse {

// A user-level app (D13), whether it can be installed now or not. 404 app_not_found, 422 account_level_app.
[[nodiscard]] tl::expected<AppRow, Rejection> pre_approvable_app(const State& state, const AppId& app);

// The same, for opening it to people: 409 app_not_available for one that was unpublished since, app_withdrawn for one that is gone.
[[nodiscard]] tl::expected<AppRow, Rejection> openable_app(const State& state, const AppId& app);

// R17, D7: the account's own app is activated, or somebody on the account has the app. 409 app_not_activated_or_installed.
[[nodiscard]] std::optional<Rejection> refuse_unless_activated_or_installed(const State& state, const AppId& app_id,
                                                                            const AppRow& app);

// Live subscriptions as people see them: none of a withdrawn app.
[[nodiscard]] std::uint64_t live_subscriptions_of(const State& state, const AppId& app_id, const AppRow& app);

// How many of them switching pre-approval off would suspend that it does not suspend already.
[[nodiscard]] std::uint64_t newly_suspended(const State& state, const AppId& app_id, const AppRow& app);

}  // namespace gatehouse
