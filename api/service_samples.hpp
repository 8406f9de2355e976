// Figures that the log, the command pipeline and the read models keep themselves, for the metrics.
#pragma once
#include <vector>

#include "api/metrics.hpp"
#include "api/services.hpp"
#include "http/counters.hpp"

namespace gatehouse::api {

void sample_services(const Services& services, std::vector<Sample>& samples);
void sample_transport(const http::CounterTotals& totals, std::vector<Sample>& samples);

}  // namespace gatehouse::api
