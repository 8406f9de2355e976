// What folds do to requests: make one, settle one by name, settle all of a kind at once. They keep the counters on the app's row exact.
// Settling all writes one row however many requests there are (domain/request.hpp finds out what became of each).
#pragma once
#include <cstdint>
#include <string>

#include "domain/decide.hpp"

namespace gatehouse {

struct RequestDecision {
  RequestStatus status{};
  UserId decided_by;
  PersonalText reason;
  DecisionRoute via{};
};

void add_request(Table& rows, const EventContext& context, RequestKind kind, const RequestDetails& details);

// No effect on a request that is settled already, or that nobody made.
void settle_request(Table& rows, const EventContext& context, const RequestId& id, const RequestDecision& decision);

// Which pending requests one event for all settles: all of them, or those for production credentials alone (D24).
enum class Settles : std::uint8_t { all, production };

[[nodiscard]] std::uint64_t settled_by(const RequestCounters& counters, Settles settles);

// Changes `governed`, which the caller writes. No row when nothing is pending.
void settle_all_requests(Table& rows, const EventContext& context, const AppId& app, RequestKind kind, Settles settles,
                         const RequestDecision& decision, GovernedAppRow& governed);

}  // namespace gatehouse
