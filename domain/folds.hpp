// One fold for each event: what it changes in the state's rows. evolve() calls them. A fold is total and deterministic: it looks at the rows and
// the event alone, and applying the whole log to an empty table gives the same bytes again.
#pragma once
#include "domain/decide.hpp"

namespace gatehouse {

#define GATEHOUSE_FOLD(number, Type, version) void evolve_one(Table& rows, const EventContext& context, const Type& event);
GATEHOUSE_EVENTS(GATEHOUSE_FOLD)
#undef GATEHOUSE_FOLD

}  // namespace gatehouse
