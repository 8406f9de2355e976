// rebuild_bench [--events N] [--folder DIR] [--only PART]: how fast read models are made from the log. The fold alone (events read, decoded and folded by every projection, rows kept
// in memory and thrown away) and the whole, with the rows in the tables and durable, each beside a bare scan of the log in the same run. A part is a projection, now or all.
#include <array>
#include <chrono>
#include <cstring>
#include <iostream>
#include <stdexcept>
#include <string>

#include "bench/open_log.hpp"
#include "bench/prepared_data.hpp"
#include "bench/report.hpp"
#include "bench/scratch_folder.hpp"
#include "projections/projection_set.hpp"
#include "replay/build_generations.hpp"
#include "store/freed_memory.hpp"
#include "store/memory_projection_store.hpp"

namespace gatehouse::bench {

namespace {

constexpr std::size_t rounds = 3;
constexpr std::size_t page_events = 4'000;
constexpr double fold_bar = 1'000'000;
constexpr double whole_bar = 500'000;
constexpr std::size_t unlimited = SIZE_MAX;

struct Settings {
  std::size_t events = 1'000'000;
  std::filesystem::path folder = std::filesystem::temp_directory_path();
  std::string only{};  // empty: each part
};

Settings read_arguments(int count, char** arguments) {
  Settings settings;
  for (int index = 1; index < count; index += 2) {
    const std::string name = arguments[index];
    if (index + 1 == count || (name != "--events" && name != "--folder" && name != "--only"))
      throw std::runtime_error("its arguments are [--events N] [--folder DIR] [--only PART]");
    if (name == "--events")
      settings.events = std::stoull(arguments[index + 1]);
    else if (name == "--folder")
      settings.folder = arguments[index + 1];
    else
      settings.only = arguments[index + 1];
  }
  return settings;
}

// Takes no rows, so that a building costs its fold alone.
class NoRows final : public ProjectionStore {
 public:
  [[nodiscard]] std::vector<Generation> list() const override { return tables_.list(); }
  [[nodiscard]] std::shared_ptr<ProjectionTable> find(const ProjectionId& projection,
                                                      GenerationRole role) const override {
    return tables_.find(projection, role);
  }
  [[nodiscard]] tl::expected<Tables, StoreError> create_all(std::span<const ProjectionId> projections) override {
    return tables_.create_all(projections);
  }
  [[nodiscard]] Outcome activate(ProjectionTable& table, const ProjectionTable* kept) override {
    return tables_.activate(table, kept);
  }
  [[nodiscard]] Outcome drop_all(std::span<ProjectionTable* const> tables) override { return tables_.drop_all(tables); }
  [[nodiscard]] Outcome write(std::span<const ProjectionWrite>) override { return {}; }
  [[nodiscard]] Outcome write_bulk(const ProjectionWrite&) override { return {}; }
  [[nodiscard]] Outcome settle(ProjectionTable&) override { return {}; }
  [[nodiscard]] Outcome load(ProjectionTable&, Position, const std::function<void(const RowSink&)>&) override {
    return {};
  }
  [[nodiscard]] Outcome load_more(ProjectionTable&, Position, const std::function<void(const ChangeSink&)>&) override {
    return {};
  }

 private:
  MemoryProjectionStore tables_;
};

template <class Work>
double median_rate(std::uint64_t events, const Work& work) {
  std::vector<double> rates;
  for (std::size_t round = 0; round < rounds; ++round) {
    const auto began = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    rates.push_back(static_cast<double>(events) / took.count());
  }
  return median(std::move(rates));
}

void scan(const EventLog& log) {
  EventPage page;
  do {
    page = log.read(page.next, page_events);
  } while (!page.at_end);
}

void build(const EventLog& log, ProjectionStore& store, const ProjectionSet& projections, std::size_t memory_bytes) {
  BuildOptions options;
  options.memory_bytes_max = memory_bytes;
  std::vector<Placement> placements;
  const auto generations = build_generations(log, store, projections, options);
  for (const auto& built : generations) {
    if (built.failure)
      throw std::runtime_error("a projection failed: " + built.failure->reason);
    placements.push_back({built.table.get()});
  }
  if (const auto placed = put_in_place(store, placements); !placed)
    throw std::runtime_error(placed.error().detail);
}

int run(const Settings& settings) {
  keep_freed_memory();  // as the product does
  const ScratchFolder folder(settings.folder, "rebuild-bench");
  const auto history = prepare_history(folder.path(), settings.events);
  const auto log = open_log(folder.path());
  Report report("Read models out of the log");
  report.section(std::to_string(history.events) + " events");
  const auto scanned = median_rate(history.events, [&] { scan(*log); });
  const auto measure = [&](const std::string& what, const ProjectionSet& projections) {
    NoRows no_rows;
    const auto folded = median_rate(history.events, [&] { build(*log, no_rows, projections, unlimited); });
    report.row({.name = what + ", fold",
                .value = folded,
                .unit = Unit::per_second,
                .against = "bare scan",
                .reference = scanned,
                .bar = Bar::at_least,
                .bar_value = fold_bar});
    const auto whole = median_rate(
        history.events, [&] { build(*log, *log->projections(), projections, BuildOptions().memory_bytes_max); });
    report.row({.name = what + ", rows in the tables",
                .value = whole,
                .unit = Unit::per_second,
                .against = "bare scan",
                .reference = scanned,
                .bar = Bar::at_least,
                .bar_value = whole_bar});
  };
  const auto measure_part = [&](const std::string& part, const std::string& what, const ProjectionSet& projections) {
    if (settings.only.empty() || settings.only == part)
      measure(what, projections);
  };
  for (const auto& projection : all_projections())
    measure_part(std::string(projection->name()), std::string(projection->name()), {projection});
  measure_part("now", "what queries of now are answered from", followed_projections());
  measure_part("all", "all, the past too", all_projections());
  return report.finish();
}

}  // namespace

}  // namespace gatehouse::bench

int main(int count, char** arguments) try {
  return gatehouse::bench::run(gatehouse::bench::read_arguments(count, arguments));
} catch (const std::exception& error) {
  std::cerr << "rebuild_bench: " << error.what() << "\n";
  return 1;
}
