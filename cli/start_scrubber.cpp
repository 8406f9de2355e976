#include "cli/start_scrubber.hpp"

#include "cli/refused_log.hpp"

namespace gatehouse::cli {

std::unique_ptr<Scrubber> make_scrubber(const RocksEventLog& log, const Configuration& configuration,
                                        const api::StructuredLog& lines) {
  const auto report = [&lines](const ScrubDamage& damage) {
    const auto read_model = read_model_of(damage.table);
    lines.write(api::StructuredLog::Level::error,
                "stored data is damaged: " +
                    (read_model.empty() ? "restore a backup" : "make the read model " + read_model + " anew"),
                {{"table", damage.table}, {"detail", to_text(damage.error)}});
  };
  return std::make_unique<Scrubber>(
      log, Scrubber::Options{.data_dir = configuration.data,
                             .interval = std::chrono::hours(configuration.scrub_interval_hours),
                             .bytes_per_second = configuration.scrub_bytes_per_second,
                             .report = report});
}

}  // namespace gatehouse::cli
