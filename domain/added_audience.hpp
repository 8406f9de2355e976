// The pre-approval that adding an app for people implies (D14): off becomes on for them, a list grows, everyone stays. One way for the decision,
// which counts what it settles, and for the fold, which settles it.
#pragma once
#include "domain/decide.hpp"

namespace gatehouse {

// Changes the terms that `governed` states; the caller writes it.
void pre_approve_audience(const EventContext& context, const AppAddedForAudience& event, GovernedAppRow& governed);

// Puts those named who are not there yet on the allow list.
void list_audience(Table& rows, const EventContext& context, const AppAddedForAudience& event);

}  // namespace gatehouse
