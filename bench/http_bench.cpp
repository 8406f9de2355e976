// http_bench [--binary FILE] [--events N] [--queries N] [--folder DIR] [--quick]: the server over HTTP, on this disk, with the load generator beside
// it. Makes a history of N events, starts the server on it, and prints each figure beside what was measured in the same run and beside its bar.
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/http_measures.hpp"
#include "bench/scratch_folder.hpp"

namespace gatehouse::bench {

namespace {

constexpr double start_ms_max = 1'000;
constexpr std::chrono::minutes first_start_patience{10};
constexpr std::chrono::minutes start_patience{1};
constexpr std::size_t member_tokens = 64;

struct Settings {
  std::filesystem::path binary = GATEHOUSE_BINARY;
  std::size_t events = 1'000'000;
  std::uint64_t queries = 1'000'000;
  std::filesystem::path folder = std::filesystem::temp_directory_path();
  std::chrono::milliseconds load_duration{5'000};
  std::chrono::milliseconds baseline_duration{1'000};
};

void make_quick(Settings& settings) {
  settings.events = 20'000;
  settings.queries = 20'000;
  settings.load_duration = std::chrono::milliseconds{1'000};
  settings.baseline_duration = std::chrono::milliseconds{300};
}

Settings read_arguments(const std::vector<std::string>& arguments) {
  Settings settings;
  for (std::size_t index = 0; index < arguments.size(); ++index) {
    const auto& name = arguments[index];
    if (name == "--quick") {
      make_quick(settings);
      continue;
    }
    if (++index == arguments.size())
      throw std::runtime_error(name + " needs a value, or is unknown");
    const auto& value = arguments[index];
    if (name == "--binary") {
      settings.binary = value;
    } else if (name == "--events") {
      settings.events = std::stoul(value);
    } else if (name == "--queries") {
      settings.queries = std::stoul(value);
    } else if (name == "--folder") {
      settings.folder = value;
    } else {
      throw std::runtime_error("unknown option " + name);
    }
  }
  return settings;
}

// The first start on a history that no server has seen makes its projections; later ones find them.
void report_starts(Report& report, const Settings& settings, const std::filesystem::path& data,
                   const PreparedHistory& history) {
  report.section("Start with " + std::to_string(history.events) + " events, until /readyz answers 200");
  const auto milliseconds = [](const ServerProcess& server) {
    return static_cast<double>(server.time_to_ready().count());
  };
  {
    const ServerProcess first(settings.binary, data, first_start_patience);
    report.row({.name = "the first start, which makes the projections",
                .value = milliseconds(first),
                .unit = Unit::milliseconds});
  }
  const ServerProcess second(settings.binary, data, start_patience);
  report.row({.name = "start",
              .value = milliseconds(second),
              .unit = Unit::milliseconds,
              .bar = Bar::at_most,
              .bar_value = start_ms_max});
}

int run(const Settings& settings) {
  Report report("Over HTTP");
  const ScratchFolder scratch(settings.folder, "gatehouse-http-bench");
  const auto data = scratch.path() / "data";
  const DiskBaseline disk(scratch.path(), wal_bytes_per_command(scratch.path()), settings.baseline_duration);
  const auto history = prepare_history(data, settings.events);
  report_starts(report, settings, data, history);

  const auto tokens = mint_tokens(data, member_tokens);
  const ServerProcess server(settings.binary, data, start_patience);
  const Subject subject{server, tokens, disk, report, settings.load_duration};
  measure_commands(subject);
  measure_queries(subject);
  measure_searches(subject);
  measure_switch_off(subject, history.installations);
  measure_followers(subject);
  measure_past(subject);
  measure_memory(subject, settings.queries);
  return report.finish();
}

}  // namespace

}  // namespace gatehouse::bench

int main(int count, char** arguments) try {
  using namespace gatehouse::bench;
  return run(read_arguments({arguments + 1, arguments + count}));
} catch (const std::exception& error) {
  std::cerr << "http_bench: " << error.what() << "\n";
  return 2;
}
