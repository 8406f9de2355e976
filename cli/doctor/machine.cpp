#include <sys/resource.h>
#include <sys/timex.h>

#include <cerrno>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "cli/descriptors.hpp"
#include "cli/doctor/checks.hpp"
#include "store/open_options.hpp"

namespace gatehouse::cli {

namespace {

// Caches and buffers at their fullest, and as much again for connections, read models and what is being answered.
const std::uint64_t memory_needed = [] {
  const OpenOptions options;
  return 2 * (options.block_cache_bytes + options.row_cache_bytes + options.memtables_bytes);
}();

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20U) + " MiB"; }

std::uint64_t own_hard_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
    throw std::system_error(errno, std::generic_category(), "the limit of open files");
  return limit.rlim_max;
}

// Of another process, where it may be looked at.
std::optional<std::uint64_t> hard_limit_of(int process) {
  std::ifstream lines("/proc/" + std::to_string(process) + "/limits");
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view name = "Max open files";
    if (!line.starts_with(name))
      continue;
    std::istringstream figures(line.substr(name.size()));
    std::uint64_t soft = 0, hard = 0;
    if (figures >> soft >> hard)
      return hard;
  }
  return std::nullopt;
}

std::map<std::string, std::uint64_t> memory_figures() {
  std::ifstream lines("/proc/meminfo");
  std::map<std::string, std::uint64_t> figures;
  std::string name, unit;
  for (std::uint64_t kibibytes = 0; lines >> name >> kibibytes && std::getline(lines, unit);)
    figures[name] = kibibytes << 10U;
  if (!figures.contains("MemTotal:") || !figures.contains("MemAvailable:"))
    throw std::runtime_error("/proc/meminfo does not tell how much memory there is");
  return figures;
}

}  // namespace

Finding judge_open_files(std::uint64_t hard_limit, const Configuration& configuration) try {
  const DescriptorNeeds needs{.connections = configuration.limits.connections,
                              .table_files = OpenOptions().table_files_max,
                              .webhooks = configuration.webhooks.under_way_max,
                              .threads = configuration.threads};
  const auto shares = share_descriptors(needs, hard_limit);
  const auto seen = "at most " + std::to_string(hard_limit) + ": " + std::to_string(shares.connections) +
                    " connections, " + std::to_string(shares.table_files) + " tables of the log";
  if (shares.connections < needs.connections || shares.table_files < needs.table_files)
    return {"open files", Verdict::warning, seen,
            "raise the hard limit (LimitNOFILE= of the unit, ulimit -Hn), and restart the server"};
  return {"open files", Verdict::ok, seen};
} catch (const std::runtime_error& error) {
  return {"open files", Verdict::wrong, error.what(), "raise the hard limit (LimitNOFILE= of the unit, ulimit -Hn)"};
}

Finding judge_memory(std::uint64_t total_bytes, std::uint64_t available_bytes, bool runs) {
  const auto seen = mebibytes(total_bytes) + ", " + mebibytes(available_bytes) +
                    " of it available; the server may come to need " + mebibytes(memory_needed);
  // A running server has taken its part of what was available.
  const auto has = runs ? total_bytes : available_bytes;
  if (has < memory_needed)
    return {"memory", Verdict::warning, seen, "give the machine more, or run less besides"};
  return {"memory", Verdict::ok, seen};
}

Finding judge_clock(bool synchronised, std::chrono::microseconds error_max) {
  if (!synchronised)
    return {"clock", Verdict::warning, "nobody keeps it right, says the kernel",
            "run a time service (systemd-timesyncd, chrony): events are recorded, and tokens end, by this clock"};
  return {"clock", Verdict::ok, "kept right, to within " + std::to_string(error_max.count()) + " us"};
}

Findings check_machine(const Configuration& configuration, const Standing& standing) {
  const auto of_server = standing.server ? hard_limit_of(*standing.server) : std::nullopt;
  const auto memory = memory_figures();
  timex state{};  // modes 0: asks alone
  const int answer = ::ntp_adjtime(&state);
  return {judge_open_files(of_server ? *of_server : own_hard_limit(), configuration),
          judge_memory(memory.at("MemTotal:"), memory.at("MemAvailable:"), standing.server.has_value()),
          judge_clock(answer >= 0 && answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0,
                      std::chrono::microseconds(state.maxerror))};
}

}  // namespace gatehouse::cli
