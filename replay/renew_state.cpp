#include "replay/renew_state.hpp"

namespace gatehouse {

tl::expected<std::optional<StateRepair>, std::string> renew_state(RocksEventLog& log, ProjectionStore& scratch,
                                                                  std::uint64_t version, std::size_t memory_bytes_max,
                                                                  const ProgressSink& progress) {
  if (log.state_version() == version)
    return std::nullopt;
  StateRepair repair;
  if (log.head() != Position{}) {
    auto repaired = repair_state(log, scratch, memory_bytes_max, progress);
    if (!repaired)
      return tl::unexpected(std::move(repaired.error()));
    repair = *repaired;
  }
  if (!log.set_state_version(version))
    return tl::unexpected("the state's version cannot be written: " + log.read_only_reason());
  return repair;
}

}  // namespace gatehouse
