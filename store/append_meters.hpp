// How long appends take, and how long of that they wait for the disk. Read from any thread.
#pragma once
#include "telemetry/histogram.hpp"

namespace gatehouse {

struct AppendMeters {
  telemetry::Histogram appends{telemetry::duration_bounds};    // that wrote something, whole
  telemetry::Histogram log_syncs{telemetry::duration_bounds};  // of RocksDB's write-ahead log
  telemetry::Histogram witness_syncs{
      telemetry::duration_bounds};  // with the write, which has its place on disk already
};

}  // namespace gatehouse
