#include "store/scrubber.hpp"

#include <fstream>
#include <utility>

#include "store/background_priority.hpp"

namespace gatehouse {

namespace {

constexpr std::uint64_t piece_bytes = 1U << 20;
constexpr std::chrono::hours look_at_least_every{1};  // for clocks that jump

std::optional<std::chrono::system_clock::time_point> time_of(const std::filesystem::path& file) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(file, error);
  if (error)
    return std::nullopt;
  return std::chrono::time_point_cast<std::chrono::system_clock::duration>(std::chrono::file_clock::to_sys(time));
}

constexpr std::string_view damaged_word = "damaged ";  // before the table

std::optional<ScrubDamage> damage_of(const std::filesystem::path& file) {
  std::string line;
  if (!std::getline(std::ifstream(file), line) || !line.starts_with(damaged_word))
    return std::nullopt;
  return ScrubDamage{line.substr(damaged_word.size()), {OpenErrorKind::corrupt, {}, "found before the last start"}};
}

}  // namespace

Scrubber::Scrubber(const RocksEventLog& log, Options options) : log_(log), options_(std::move(options)) {
  status_.completed_at = time_of(mark());
  status_.damage = damage_of(mark());
}

Scrubber::~Scrubber() { stop(); }

void Scrubber::start() { thread_ = std::thread(&Scrubber::run, this); }

void Scrubber::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable())
    thread_.join();
}

bool Scrubber::begin_now() {
  const std::lock_guard lock(mutex_);
  if (status_.running || wanted_)
    return false;
  wanted_ = true;
  changed_.notify_all();
  return true;
}

Scrubber::Status Scrubber::status() const {
  const std::lock_guard lock(mutex_);
  auto status = status_;
  status.running = status.running || wanted_;
  return status;
}

// A time in the future, which a clock that was set back has left, is no time.
std::chrono::seconds Scrubber::until_due() const {
  const auto now = std::chrono::system_clock::now();
  if (!status_.completed_at || *status_.completed_at > now)
    return {};
  const auto passed = std::chrono::duration_cast<std::chrono::seconds>(now - *status_.completed_at);
  return std::max(options_.interval - passed, std::chrono::seconds{});
}

void Scrubber::run() {
  lower_own_priority();
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      const auto is_due = [this] { return wanted_ || (options_.interval.count() > 0 && until_due().count() == 0); };
      while (!stopping_ && !is_due())
        changed_.wait_for(
            lock, std::min<std::chrono::seconds>(options_.interval.count() > 0 ? until_due() : look_at_least_every,
                                                 look_at_least_every));
      if (stopping_)
        return;
      wanted_ = false;
      status_.running = true;
    }
    scrub();
  }
}

bool Scrubber::wait(std::chrono::steady_clock::duration time) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, time, [this] { return stopping_; });
}

void Scrubber::scrub() {
  auto scrub = log_.begin_scrub(options_.others ? options_.others() : std::vector<ScrubFile>());
  for (;;) {
    const auto began = std::chrono::steady_clock::now();
    auto read = scrub.read(piece_bytes);
    if (!read)
      return note_end(std::move(read.error()));
    if (*read == 0)
      return note_end(std::nullopt);
    {
      const std::lock_guard lock(mutex_);
      std::tie(status_.position, status_.end) = std::pair(scrub.position(), scrub.end());
    }
    const auto due = began + std::chrono::nanoseconds(*read * 1'000'000'000 / options_.bytes_per_second);
    if (!wait(std::max(due - std::chrono::steady_clock::now(), std::chrono::steady_clock::duration{})))
      return;
  }
}

// What is damaged is told again each time; it does not heal.
void Scrubber::note_end(std::optional<ScrubDamage> damage) {
  if (damage && options_.report)
    options_.report(*damage);
  std::ofstream(mark(), std::ios::trunc) << (damage ? std::string(damaged_word) + damage->table : "whole") << "\n";
  const std::lock_guard lock(mutex_);
  status_.running = false;
  status_.completed_at = std::chrono::system_clock::now();
  status_.damage = std::move(damage);
}

}  // namespace gatehouse
