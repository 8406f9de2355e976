#include "cli/start_scrubber.hpp"

namespace gatehouse::cli {

std::unique_ptr<Scrubber> make_scrubber(const RocksEventLog& log, const Configuration& configuration,
                                        const api::StructuredLog& lines) {
  const auto report = [&lines](const ScrubDamage& damage) {
    lines.write(api::StructuredLog::Level::error, "stored data is damaged: restore a backup",
                {{"table", damage.table}, {"detail", to_text(damage.error)}});
  };
  return std::make_unique<Scrubber>(
      log, Scrubber::Options{.data_dir = configuration.data,
                             .interval = std::chrono::hours(configuration.scrub_interval_hours),
                             .bytes_per_second = configuration.scrub_bytes_per_second,
                             .report = report});
}

}  // namespace gatehouse::cli
