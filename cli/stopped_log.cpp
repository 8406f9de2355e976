#include "cli/stopped_log.hpp"

#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "cli/refused_log.hpp"
#include "cli/unfinished_import.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::size_t bar_characters = 30;
constexpr std::chrono::seconds line_every{5};

bool is_terminal() { return isatty(STDERR_FILENO) == 1; }

std::string bar_of(const WorkProgress& progress) {
  const auto filled = progress.total == 0 ? bar_characters : bar_characters * progress.done / progress.total;
  return "[" + std::string(filled, '#') + std::string(bar_characters - filled, ' ') + "]";
}

std::string figures_of(const WorkProgress& progress) {
  std::string text = std::to_string(progress.done) + " of " + std::to_string(progress.total) + " events, " +
                     std::to_string(progress.per_second()) + "/s";
  if (const auto left = progress.time_left())
    text += ", " + std::to_string(left->count()) + " s left";
  return text;
}

}  // namespace

tl::expected<std::unique_ptr<RocksEventLog>, OpenError> try_stopped_log(const std::string& data) {
  refuse_unfinished_import(data);
  // Looked at first: opening would leave a lock in a folder that is no log's.
  if (!std::filesystem::exists(std::filesystem::path(data) / "db"))
    return tl::unexpected(OpenError{OpenErrorKind::not_found, {}, {}});
  OpenOptions options;
  options.data_dir = data;
  options.read_only = true;
  return RocksEventLog::open(options);
}

std::unique_ptr<RocksEventLog> open_stopped_log(const std::string& data, bool read_only) {
  refuse_unfinished_import(data);
  if (!std::filesystem::exists(std::filesystem::path(data) / "db")) {
    std::cerr << "gatehouse: there is no data in " << data << "\n";
    return nullptr;
  }
  OpenOptions options;
  options.data_dir = data;
  options.read_only = read_only;
  auto log = RocksEventLog::open(options);
  if (log)
    return std::move(*log);
  std::cerr << "gatehouse: " << data << ": " << refusal_of(log.error()) << "\n";
  return nullptr;
}

ProgressSink progress_line(std::string what) {
  return
      [what = std::move(what), shown = std::chrono::milliseconds{-line_every}](const WorkProgress& progress) mutable {
        if (is_terminal()) {
          std::cerr << "\r" << what << " " << bar_of(progress) << " " << figures_of(progress) << "   " << std::flush;
        } else if (progress.elapsed - shown >= line_every) {
          shown = progress.elapsed;
          std::cerr << what << ": " << figures_of(progress) << "\n";
        }
      };
}

void end_progress_line() {
  if (is_terminal())
    std::cerr << "\n";
}

}  // namespace gatehouse::cli
