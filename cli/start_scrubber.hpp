// The scrubber as the configuration wants it, with its findings in the server's own lines.
#pragma once
#include <memory>

#include "api/structured_log.hpp"
#include "cli/configuration.hpp"
#include "sealing/subject_keys.hpp"
#include "store/scrubber.hpp"

namespace gatehouse::cli {

// Not started yet. `keys` may be null; it, `log` and `lines` outlive it.
[[nodiscard]] std::unique_ptr<Scrubber> make_scrubber(const RocksEventLog& log, const SubjectKeys* keys,
                                                      const Configuration& configuration,
                                                      const api::StructuredLog& lines);

}  // namespace gatehouse::cli
