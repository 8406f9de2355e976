// A history that is played until the disk or the machine fails, and what must be left of it afterwards: everything that was acknowledged,
// of the last group all or nothing, and nothing else. The two halves may run in different processes and share only the answers.
#pragma once
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "store/event_log.hpp"
#include "store/open_options.hpp"

namespace gatehouse::testing {

// Lives in memory that outlasts the process that plays.
struct Answers {
  std::atomic<std::uint64_t> appended_groups;  // all their commits were answered `appended`
  std::atomic<std::uint64_t> rebuilt_to;       // the checkpoint of the last rebuilt projection that was activated
  std::atomic<bool> finished;
};

struct CrashScript {
  std::filesystem::path data_dir;
  std::uint64_t groups = 24;

  // With memtables and a WAL so small that flushes and compactions are part of the history.
  [[nodiscard]] OpenOptions options() const;
  // Ends at the first answer that is not `appended`. The log is still open then, unless it could not be opened.
  [[nodiscard]] std::unique_ptr<EventLog> play(const OpenOptions& options, Answers& answers) const;
  // Empty, or what is wrong. Appends a last commit and closes the log.
  [[nodiscard]] std::string find_fault(const OpenOptions& options, const Answers& answers) const;
};

}  // namespace gatehouse::testing
