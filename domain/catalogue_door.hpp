// Which apps a door may change: the platform's any, an account's its own.
#pragma once
#include <tl/expected.hpp>

#include "domain/rejection.hpp"
#include "domain/state.hpp"

namespace gatehouse {

[[nodiscard]] bool through_platform_door(const State& state);

// Whether the door may look after the app, withdrawn or not.
[[nodiscard]] bool keeps_app(const State& state, const AppId& app);

// Not withdrawn; what is not the door's is as if it were not there.
[[nodiscard]] tl::expected<AppRow, Rejection> own_app(const State& state, const AppId& app);

}  // namespace gatehouse
