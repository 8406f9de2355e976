#include "cli/process_samples.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

namespace gatehouse::cli {

namespace {

// Of proc(5), /proc/<pid>/stat, in the order in which they stand there.
struct ProcessState {
  std::uint64_t user_ticks{};
  std::uint64_t system_ticks{};
  std::int64_t threads{};
  std::uint64_t started_at_ticks{};  // since the machine was started
  std::uint64_t virtual_bytes{};
  std::uint64_t resident_pages{};
};

// False: it cannot be read, where there is no /proc.
bool read(ProcessState& state) {
  std::string line;
  if (!std::getline(std::ifstream("/proc/self/stat"), line))
    return false;
  // The name of the program, in parentheses, may have anything in it.
  std::istringstream rest(line.substr(std::min(line.rfind(')') + 1, line.size())));
  const auto skip = [&rest](int fields) {
    for (std::string field; fields > 0 && rest >> field; --fields) {
    }
  };
  skip(11);  // up to the faults of children
  rest >> state.user_ticks >> state.system_ticks;
  skip(4);  // times of children, priorities
  rest >> state.threads;
  skip(1);  // a timer that is no more
  rest >> state.started_at_ticks >> state.virtual_bytes >> state.resident_pages;
  return !rest.fail();
}

double machine_started_at() {
  std::ifstream file("/proc/stat");
  for (std::string word; file >> word;) {
    double seconds = 0;
    if (word == "btime" && file >> seconds)
      return seconds;
    file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return 0;
}

std::uint64_t open_descriptors() {
  std::error_code error;
  std::uint64_t count = 0;
  for (std::filesystem::directory_iterator entry("/proc/self/fd", error), end; !error && entry != end;
       entry.increment(error))
    ++count;
  return count > 0 ? count - 1 : 0;  // without the one that this took
}

}  // namespace

void sample_process(api::Samples& samples) {
  samples.gauge("gatehouse_build_info", "1, with the version of the program.", 1, {{"version", GATEHOUSE_VERSION}});
  ProcessState state;
  if (!read(state))
    return;
  const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  const auto page_bytes = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  samples.counter("process_cpu_seconds_total", "Time on processors, the system's included.",
                  static_cast<double>(state.user_ticks + state.system_ticks) / ticks);
  samples.gauge("process_start_time_seconds", "When the process was started, in Unix time.",
                machine_started_at() + static_cast<double>(state.started_at_ticks) / ticks);
  samples.gauge("process_resident_memory_bytes", "Memory that the process has.", state.resident_pages * page_bytes);
  samples.gauge("process_virtual_memory_bytes", "Addresses that it has.", state.virtual_bytes);
  samples.gauge("process_threads", "Its threads.", state.threads);
  samples.gauge("process_open_fds", "Files and connections that it has open.", open_descriptors());
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0)
    samples.gauge("process_max_fds", "Files and connections that it may have open.", limit.rlim_cur);
}

}  // namespace gatehouse::cli
