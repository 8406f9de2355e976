// What the operator sees of the read models, and how he has them made anew, goes back, and lets go of what was replaced. No domain data.
#pragma once
#include "api/services.hpp"

namespace gatehouse::api {

void list_projections(const Services& services, ExchangePointer exchange);
void show_projection(const Services& services, ExchangePointer exchange);

// 202: the work is done in the background; the projection's own path says how it goes on.
void rebuild_projection(const Services& services, ExchangePointer exchange);
void rebuild_all_projections(const Services& services, ExchangePointer exchange);
void pause_rebuild(const Services& services, ExchangePointer exchange);
void resume_rebuild(const Services& services, ExchangePointer exchange);
void cancel_rebuild(const Services& services, ExchangePointer exchange);
void cancel_all_rebuilds(const Services& services, ExchangePointer exchange);
// Answered when they are done.
void roll_back_projection(const Services& services, ExchangePointer exchange);
void retire_kept_rows(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api
