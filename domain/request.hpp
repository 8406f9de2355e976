// What became of a request: its own row, or the first bulk decision of its app and kind made after it (granting for everyone, declining all,
// restricting the app, installing it for the account), because those are one event however many requests they settle.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "domain/state.hpp"

namespace gatehouse {

[[nodiscard]] RequestRow effective_request(const State& state, RequestRow stored);
[[nodiscard]] std::optional<RequestRow> effective_request(const State& state, const RequestId& id);
// The user's pending request of this kind for the app, if there is one.
[[nodiscard]] std::optional<RequestRow> pending_request(const State& state, const AppId& app, RequestKind kind,
                                                        const UserId& user);
[[nodiscard]] std::optional<RequestRow> pending_request(const State& state, const GovernedAppRow& governed,
                                                        const AppId& app, RequestKind kind, const UserId& user);
// The user's latest request of this kind for the app, with what became of it.
[[nodiscard]] std::optional<RequestRow> latest_request(const State& state, const AppId& app, RequestKind kind,
                                                       const UserId& user);
// All that the user has pending, in the order of apps. For a member who leaves.
[[nodiscard]] std::vector<RequestRow> pending_requests_of_user(const State& state, const UserId& user);
// Who settled it; what follows for a member who leaves the system does (D26), whose id here is of no member.
[[nodiscard]] UserId decider_of(const RequestRow& settled);
// One notification for a request and what happened to it.
[[nodiscard]] NotificationId notification_id_of(const RequestId& request, NotificationKind kind);
// In the order they were made; `visit` returns false to stop. Costs as many reads as there are pending ones.
void visit_pending_requests(const State& state, const AppId& app, RequestKind kind, Credentials credentials,
                            const std::function<bool(RequestRow)>& visit);

[[nodiscard]] const RequestCounters& request_counters(const GovernedAppRow& governed, RequestKind kind);
// What one event for all settled up to this version is pending no more.
[[nodiscard]] std::uint64_t settled_version(const RequestCounters& counters, Credentials credentials);

}  // namespace gatehouse
