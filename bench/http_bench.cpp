// http_bench [--binary FILE] [--events N] [--queries N] [--folder DIR] [--quick] [--only PART]: the server over HTTP, on this disk, with the load generator
// beside it. Makes a history of N events, starts the server on it, and prints each figure beside what was measured in the same run and beside its bar.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bench/http_measures.hpp"
#include "bench/scratch_folder.hpp"

namespace gatehouse::bench {

namespace {

constexpr double start_ms_max = 1'000;
constexpr double bytes_per_event_max = 600;
constexpr std::chrono::minutes first_start_patience{10};
constexpr std::chrono::minutes start_patience{1};
constexpr std::size_t member_tokens = 64;

struct Settings {
  std::filesystem::path binary = GATEHOUSE_BINARY;
  std::size_t events = 1'000'000;
  std::uint64_t queries = 1'000'000;
  std::filesystem::path folder = std::filesystem::temp_directory_path();
  std::string only;  // the part to run, see run(); empty: all
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
    } else if (name == "--only") {
      settings.only = value;
    } else {
      throw std::runtime_error("unknown option " + name);
    }
  }
  return settings;
}

std::uintmax_t bytes_below(const std::filesystem::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    bytes += entry.is_regular_file() ? entry.file_size() : 0;
  return bytes;
}

// Its rows come up with the log after the server has become ready.
void wait_for_past(const ServerProcess& server, const std::filesystem::path& data, std::chrono::seconds patience) {
  const auto request = get_request("/v1/ops/projections/past", mint_tokens(data, 0).operations);
  for (const auto until = std::chrono::steady_clock::now() + patience;;) {
    if (const auto body = ask(server.port(), request).body; body.find("\"lag\":0") != std::string::npos)
      return;
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error("the rows of the past do not come up with the log");
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
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
  {
    const ServerProcess second(settings.binary, data, start_patience);
    report.row({.name = "start",
                .value = milliseconds(second),
                .unit = Unit::milliseconds,
                .bar = Bar::at_most,
                .bar_value = start_ms_max});
    wait_for_past(second, data, first_start_patience);
  }
  report.row({.name = "bytes on disk for an event, with state and all read models",
              .value = static_cast<double>(bytes_below(data / "db")) / static_cast<double>(history.events),
              .unit = Unit::bytes,
              .bar = Bar::at_most,
              .bar_value = bytes_per_event_max});
}

// Backups need a place.
std::filesystem::path write_configuration(const std::filesystem::path& folder) {
  auto file = folder / "gatehouse.toml";
  std::ofstream(file) << "[backup]\ndirectory = \"" << (folder / "backups").native() << "\"\n";
  return file;
}

struct Part {
  std::string name;
  std::function<void(const Subject&)> measure;
};

// What the server holds on to after a part of the run.
void note_memory(const Subject& subject, const std::string& after) {
  constexpr double mebibyte = 1U << 20U;
  subject.report.note("Resident memory after " + after + ": " +
                      std::to_string(std::lround(static_cast<double>(subject.server.resident_bytes()) / mebibyte)) +
                      " MiB.");
}

int run(const Settings& settings) {
  Report report("Over HTTP");
  const ScratchFolder scratch(settings.folder, "gatehouse-http-bench");
  const auto data = scratch.path() / "data";
  const DiskBaseline disk(scratch.path(), wal_bytes_per_command(scratch.path()), settings.baseline_duration);
  const auto history = prepare_history(data, settings.events);
  report_starts(report, settings, data, history);

  const auto tokens = mint_tokens(data, member_tokens);
  const ServerProcess server(settings.binary, data, start_patience, write_configuration(scratch.path()));
  const Subject subject{server, tokens, disk, report, settings.load_duration, scratch.path()};
  const std::vector<Part> parts{
      {"commands", measure_commands},
      {"postgres", measure_postgres},
      {"queries", measure_queries},
      {"searches", measure_searches},
      {"switch-off", [&](const Subject& own) { measure_switch_off(own, history.installations); }},
      {"followers", measure_followers},
      {"background", measure_background},
      {"past", measure_past},
      {"memory", [&](const Subject& own) { measure_memory(own, settings.queries); }}};
  for (const auto& part : parts) {
    if (!settings.only.empty() && settings.only != part.name)
      continue;
    part.measure(subject);
    note_memory(subject, part.name);
  }
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
