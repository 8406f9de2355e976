// The folds' part of opening an app to people (D4, D9): approve the pending requests of those it is opened to and lift the suspensions that switching
// pre-approval off left on them.
#pragma once
#include "domain/audience_walk.hpp"
#include "domain/decide.hpp"
#include "domain/request_settlement.hpp"

namespace gatehouse {

// Changes one row for each request and suspension of the reach.
void settle_audience(Table& rows, const EventContext& context, const AppId& app, const AudienceReach& reach,
                     const RequestDecision& decision);

// One row, whatever there is to settle. Changes `governed`, which the caller writes.
void settle_everyone(Table& rows, const EventContext& context, const AppId& app, const RequestDecision& decision,
                     GovernedAppRow& governed);

// What settle_everyone() would lift.
[[nodiscard]] std::uint64_t lifted_by(const GovernedAppRow& governed, Covers covered);

// An approval by whoever is the event's actor.
[[nodiscard]] RequestDecision approval_by(const EventContext& context, DecisionRoute via, PersonalText reason = {});

}  // namespace gatehouse
