// Scrubs a log again and again, on a thread with the lowest priority and at a bounded rate, and tells what it found. When it was done last is the
// time of the file `scrubbed` in the data folder, so that restarts do not put it off; in it stands whether all was whole, so that they do not hide it.
#pragma once
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "store/rocks_event_log.hpp"
#include "store/scrub.hpp"

namespace gatehouse {

// Threads: start() and stop() from one thread; everything else from any.
class Scrubber {
 public:
  struct Options {
    std::filesystem::path data_dir;
    std::chrono::seconds interval{
        std::chrono::hours(24 * 7)};  // from one end to the next beginning; 0: only when asked to
    std::uint64_t bytes_per_second = 32U << 20;
    std::function<std::vector<ScrubFile>()>
        others;  // that it reads beside the log's, as they are when it begins; its thread
    std::function<void(const ScrubDamage&)> report;  // on the scrubber's thread
  };
  struct Status {
    bool running{};
    Position position, end;                                             // of the log, while running
    std::optional<std::chrono::system_clock::time_point> completed_at;  // everything was read, and whole
    std::optional<ScrubDamage> damage;                                  // that the last one found, or the one under way
  };

  // `log` outlives the scrubber.
  Scrubber(const RocksEventLog& log, Options options);
  Scrubber(const Scrubber&) = delete;
  Scrubber& operator=(const Scrubber&) = delete;
  ~Scrubber();  // stop()

  void start();
  void stop();

  // False: one is under way.
  bool begin_now();
  [[nodiscard]] Status status() const;

 private:
  [[nodiscard]] std::filesystem::path mark() const { return options_.data_dir / "scrubbed"; }
  [[nodiscard]] std::chrono::seconds until_due() const;
  [[nodiscard]] bool wait(std::chrono::steady_clock::duration time);  // false: stopping
  void run();
  void scrub();
  void note_end(std::optional<ScrubDamage> damage);

  const RocksEventLog& log_;
  const Options options_;
  std::thread thread_;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool stopping_{};
  bool wanted_{};
  Status status_;
};

}  // namespace gatehouse
