// What became of a request: its own row, or the first bulk decision of its app and kind made after it (granting for everyone, declining all,
// restricting the app, installing it for the account), because those are one event however many requests they settle.
#pragma once
#include <optional>

#include "domain/state.hpp"

namespace gatehouse {

[[nodiscard]] RequestRow effective_request(const State& state, RequestRow stored);
[[nodiscard]] std::optional<RequestRow> effective_request(const State& state, const RequestId& id);
// The user's pending request of this kind for the app, if there is one.
[[nodiscard]] std::optional<RequestRow> pending_request(const State& state, const AppId& app, RequestKind kind, const UserId& user);

}  // namespace gatehouse
