#include "cli/renew_old_state.hpp"

#include <stdexcept>

#include "domain/rows.hpp"
#include "replay/renew_state.hpp"
#include "store/scratch_projection_store.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::size_t renewal_memory_bytes_max = 256U << 20;

// A first start writes before it serves, so that it needs the room that commands need.
std::string why_it_cannot_be_written(const RocksEventLog& log, const Configuration& configuration) {
  const auto reason = log.read_only_reason();
  if (reason != disk_full_reason)
    return "the state's version cannot be written: " + reason;
  return "there is too little room on the disk of " + configuration.data + ": a first start needs what " +
         "disk.free_bytes_min and disk.ballast_bytes keep back, " + std::to_string(configuration.free_bytes_min) +
         " and " + std::to_string(configuration.ballast_bytes) + " bytes: make room, or configure less";
}

}  // namespace

void renew_old_state(RocksEventLog& log, const Configuration& configuration, const api::StructuredLog& lines) {
  if (log.state_version() == state_rows_version)
    return;
  if (log.head().value == 0) {
    if (!log.set_state_version(state_rows_version))
      throw std::runtime_error(why_it_cannot_be_written(log, configuration));
    return;
  }
  lines.write(api::StructuredLog::Level::info, "the state's rows are of another version and made anew",
              {{"version", log.state_version()}, {"wanted", state_rows_version}, {"events", log.head().value}});
  auto scratch = make_scratch_store(configuration.data);
  if (!scratch)
    throw std::runtime_error(scratch.error().detail);
  const auto renewed = renew_state(log, **scratch, state_rows_version, renewal_memory_bytes_max, {});
  if (!renewed)
    throw std::runtime_error(renewed.error());
}

}  // namespace gatehouse::cli
