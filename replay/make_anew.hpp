// Makes the rows of projections anew while nobody follows the log, as a server does it (replay/rebuilder.hpp): without the events that were skipped,
// and with streams held back whose events fail. The new rows take the place of whatever the projections had.
#pragma once
#include <string>
#include <vector>

#include "replay/build_generations.hpp"
#include "replay/left_out.hpp"

namespace gatehouse {

struct MadeAnew {
  std::string name;
  Position position;    // of the rows
  LeftOut left_out;     // by them
  std::string failure;  // why there are none; what there was is left as it was
};

[[nodiscard]] std::vector<MadeAnew> make_anew(const EventLog& log, ProjectionStore& store,
                                              const ProjectionSet& projections, std::size_t memory_bytes_max,
                                              const ProgressSink& progress);

}  // namespace gatehouse
