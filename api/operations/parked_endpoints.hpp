// Events that a read model could not take: which they are, why, every attempt, and what the operator decides. A decision is an event of the log before
// it is carried out, so that auditors know of it.
#pragma once
#include "api/services.hpp"

namespace gatehouse::api {

void list_parked(const Services& services, ExchangePointer exchange);
// 202: the read model takes the stream again from the event that failed.
void retry_parked(const Services& services, ExchangePointer exchange);
// The same without that event.
void skip_parked(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api
