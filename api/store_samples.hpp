// What the store measures and what RocksDB says of itself, for the metrics.
#pragma once
#include "api/samples.hpp"
#include "store/append_meters.hpp"
#include "store/scrubber.hpp"
#include "store/store_figures.hpp"

namespace gatehouse::api {

void sample_appends(const AppendMeters& meters, Samples& samples);
void sample_store(const StoreFigures& figures, Samples& samples);
void sample_scrub(const Scrubber::Status& status, Samples& samples);

}  // namespace gatehouse::api
