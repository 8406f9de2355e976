// What the operating system says of this process, under the names that Prometheus' own libraries use.
#pragma once
#include "api/samples.hpp"

namespace gatehouse::cli {

void sample_process(api::Samples& samples);

}  // namespace gatehouse::cli
