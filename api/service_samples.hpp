// Figures that the log, the command pipeline, the read models and the transport keep themselves, for the metrics.
#pragma once
#include "api/samples.hpp"
#include "api/services.hpp"
#include "http/counters.hpp"

namespace gatehouse::api {

void sample_services(const Services& services, Samples& samples);
void sample_transport(const http::CounterTotals& totals, Samples& samples);

}  // namespace gatehouse::api
