// scale_bench [--members N] [--folder DIR]: what does not show over HTTP. The cost of a command at five thousand members and installations, a hundred
// thousand and a million (or at most N, 5,000,000 too), each with twice as many events; bytes for each event; how fast projections are rebuilt.
#include <time.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/command_costs.hpp"
#include "bench/open_log.hpp"
#include "bench/report.hpp"
#include "bench/scratch_folder.hpp"
#include "projections/projection_set.hpp"
#include "replay/build_generations.hpp"

namespace gatehouse::bench {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::array<std::size_t, 4> sizes{5'000, 100'000, 1'000'000, 5'000'000};  // members
constexpr double cost_ratio_max = 1.2;                                             // of 10^7 events to 10^4
constexpr std::uint64_t rebuild_events_min = 100'000;                              // fewer say nothing about a rate
constexpr double rebuild_events_per_second_min = 200'000;

struct Settings {
  std::size_t members_max = 1'000'000;
  std::filesystem::path folder = std::filesystem::temp_directory_path();
};

Settings read_arguments(int count, char** arguments) {
  Settings settings;
  for (int index = 1; index < count; ++index) {
    const std::string name = arguments[index];
    if (index + 1 == count)
      throw std::runtime_error("usage: scale_bench [--members N] [--folder DIR]");
    const std::string value = arguments[++index];
    if (name == "--members")
      settings.members_max = std::stoul(value);
    else if (name == "--folder")
      settings.folder = value;
    else
      throw std::runtime_error("usage: scale_bench [--members N] [--folder DIR]");
  }
  return settings;
}

// Of the clock on the wall and of all threads' processors.
class Stopwatch {
 public:
  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(SteadyClock::now() - started_).count(); }
  [[nodiscard]] double processor_seconds() const { return processor_now() - processor_; }

 private:
  static double processor_now() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
  }
  SteadyClock::time_point started_ = SteadyClock::now();
  double processor_ = processor_now();
};

double resident_mebibytes() {
  std::ifstream memory("/proc/self/statm");
  double pages = 0;
  memory >> pages >> pages;
  return pages * 4096 / (1U << 20U);
}

std::size_t folder_bytes(const std::filesystem::path& folder) {
  std::size_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      bytes += entry.file_size();
  }
  return bytes;
}

struct Scan {
  double events_per_second{};
  double events_per_processor_second{};
  double frame_bytes{};  // on average
};

Scan scan(const EventLog& log) {
  std::size_t events = 0;
  std::size_t bytes = 0;
  const Stopwatch stopwatch;
  for (Position after{}; after < log.head();) {
    const auto page = log.read(after, page_events_max);
    for (const auto& event : page.events)
      bytes += event.frame.size();
    events += page.events.size();
    after = page.next;
  }
  const auto count = static_cast<double>(events);
  return {count / stopwatch.seconds(), count / stopwatch.processor_seconds(), static_cast<double>(bytes) / count};
}

// A company in a folder of its own.
struct Grown {
  std::size_t members{};
  std::filesystem::path folder;
  std::unique_ptr<RocksEventLog> log;
  std::unique_ptr<Company> company;
};

Grown grow(const std::filesystem::path& parent, std::size_t members) {
  Grown grown{members, parent / std::to_string(members), {}, {}};
  grown.log = open_log(grown.folder);
  grown.company = std::make_unique<Company>(*grown.log);
  grown.company->open();
  grown.company->add_members(members);
  grown.company->install(installed_app(), 0, members);
  return grown;
}

void report_growth(Report& report, const std::vector<Grown>& companies, double seconds) {
  std::uint64_t events = 0;
  for (const auto& grown : companies)
    events += grown.log->head().value;
  report.section("Members and installations made in groups of 500, one company after the other");
  report.row({.name = "events", .value = static_cast<double>(events) / seconds, .unit = Unit::per_second});
  report.row({.name = "resident memory of the process, caches of all companies",
              .value = resident_mebibytes(),
              .unit = Unit::mebibytes});
}

void report_costs(Report& report, const std::vector<Grown>& companies) {
  std::vector<SizedCompany> sized;
  for (const auto& grown : companies)
    sized.push_back({*grown.company, grown.members});
  report.section("Processor time of a command by members and installations");
  for (const auto& cost : measure_command_costs(sized)) {
    const auto smallest = cost.processor_us.front();
    for (std::size_t index = 0; index < sized.size(); ++index) {
      Figure figure{.name = cost.command + " at " + std::to_string(sized[index].members),
                    .value = cost.processor_us[index],
                    .unit = Unit::microseconds};
      if (index > 0) {
        figure.against = "at " + std::to_string(sized.front().members);
        figure.reference = smallest;
        figure.bar = Bar::at_most;
        figure.bar_value = smallest * cost_ratio_max;
      }
      report.row(figure);
    }
  }
}

void report_rebuild(Report& report, RocksEventLog& log) {
  const auto bare = scan(log);
  const Stopwatch stopwatch;
  for (const auto& built : build_generations(log, *log.projections(), followed_projections(), {})) {
    if (built.failure)
      throw std::runtime_error(to_text(*built.failure));
  }
  const double events = static_cast<double>(log.head().value);
  const double seconds = stopwatch.seconds();
  const double processor_seconds = stopwatch.processor_seconds();
  report.section("Rebuild of all projections from " + std::to_string(log.head().value) + " events");
  report.row({.name = "bare scan, events", .value = bare.events_per_second, .unit = Unit::per_second});
  report.row({.name = "rebuild of all projections, events",
              .value = events / seconds,
              .unit = Unit::per_second,
              .against = "bare scan",
              .reference = bare.events_per_second,
              .bar = Bar::at_least,
              .bar_value = rebuild_events_per_second_min});
  report.row({.name = "the same for a second of processor time",
              .value = events / processor_seconds,
              .unit = Unit::per_second,
              .against = "bare scan",
              .reference = bare.events_per_processor_second});
  report.row({.name = "resident memory of the process", .value = resident_mebibytes(), .unit = Unit::mebibytes});
  report.row({.name = "frame of an event, on average", .value = bare.frame_bytes, .unit = Unit::bytes});
}

int run(const Settings& settings) {
  Report report("Cost by size");
  const ScratchFolder scratch(settings.folder, "gatehouse-scale-bench");
  std::vector<Grown> companies;
  const Stopwatch stopwatch;
  for (const std::size_t members : sizes) {
    if (members <= settings.members_max)
      companies.push_back(grow(scratch.path(), members));
  }
  report_growth(report, companies, stopwatch.seconds());
  report_costs(report, companies);
  for (auto& grown : companies) {
    grown.company.reset();
    grown.log.reset();
    const auto bytes = static_cast<double>(folder_bytes(grown.folder / "db"));
    const auto log = open_log(grown.folder);
    if (log->head().value < rebuild_events_min)
      continue;
    report_rebuild(report, *log);
    report.row({.name = "on disk for an event, state included",
                .value = bytes / static_cast<double>(log->head().value),
                .unit = Unit::bytes});
  }
  return report.finish();
}

}  // namespace

}  // namespace gatehouse::bench

int main(int count, char** arguments) try {
  return gatehouse::bench::run(gatehouse::bench::read_arguments(count, arguments));
} catch (const std::exception& error) {
  std::cerr << "scale_bench: " << error.what() << "\n";
  return 2;
}
