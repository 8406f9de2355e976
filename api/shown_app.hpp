// What an account may read of an app that its own rows name: requests, approvals and subscriptions outlive the app's publication.
#pragma once
#include <optional>

#include "domain/rows.hpp"
#include "domain/state.hpp"

namespace gatehouse::api {

// All of an app that the account can see or has installed. Of any other, which it once asked for or governed, what it is is withheld: its id
// stands for its name, and of its facts only the management level is told (R2, R16: what is written after it became private is not for others).
[[nodiscard]] std::optional<AppRow> shown_app(const State& state, const AppId& app_id);

}  // namespace gatehouse::api
