#include "cli/start_scrubber.hpp"

#include "cli/refused_log.hpp"
#include "cli/subject_keys_place.hpp"

namespace gatehouse::cli {

namespace {

std::string remedy_for(const std::string& table, const std::string& data) {
  if (table == keys_table)
    return "stop the server; " + keys_advice(data);
  const auto read_model = read_model_of(table);
  return read_model.empty() ? "restore a backup" : "make the read model " + read_model + " anew";
}

}  // namespace

std::unique_ptr<Scrubber> make_scrubber(const RocksEventLog& log, const SubjectKeys* keys,
                                        const Configuration& configuration, const api::StructuredLog& lines) {
  const auto report = [&lines, data = configuration.data](const ScrubDamage& damage) {
    lines.write(api::StructuredLog::Level::error, "stored data is damaged: " + remedy_for(damage.table, data),
                {{"table", damage.table}, {"detail", to_text(damage.error)}});
  };
  const auto files_of_keys = [keys] {
    std::vector<ScrubFile> files;
    for (auto& file : keys == nullptr ? std::vector<SubjectKeys::File>() : keys->files())
      files.push_back({std::string(keys_table), std::move(file.path), file.bytes});
    return files;
  };
  return std::make_unique<Scrubber>(
      log, Scrubber::Options{.data_dir = configuration.data,
                             .interval = std::chrono::hours(configuration.scrub_interval_hours),
                             .bytes_per_second = configuration.scrub_bytes_per_second,
                             .others = files_of_keys,
                             .report = report});
}

}  // namespace gatehouse::cli
