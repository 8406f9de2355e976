#include "api/log_level.hpp"

#include "table/assert.hpp"

namespace gatehouse::api {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

Timestamp wall_clock_in(milliseconds a_while) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {duration_cast<milliseconds>(now + a_while).count()};
}

}  // namespace

LogLevel::LogLevel(const StructuredLog& log, Level configured)
    : log_(log), configured_(configured), level_(configured), later_(configured) {
  log_.set_level(configured);
  thread_ = std::thread([this] { run(); });
}

LogLevel::~LogLevel() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

LogLevel::State LogLevel::set(Level level, std::optional<milliseconds> a_while, std::string_view who) {
  const std::lock_guard lock(mutex_);
  return change(level, a_while, who);
}

void LogLevel::toggle(std::string_view who) {
  const std::lock_guard lock(mutex_);
  change(level_ == Level::debug ? configured_ : Level::debug, std::nullopt, who);
}

LogLevel::State LogLevel::state() const {
  const std::lock_guard lock(mutex_);
  return state_now();
}

LogLevel::State LogLevel::state_now() const {
  return {.level = level_,
          .configured = configured_,
          .later = later_,
          .until = deadline_ ? std::optional(until_) : std::nullopt};
}

LogLevel::State LogLevel::change(Level level, std::optional<milliseconds> a_while, std::string_view who) {
  const auto former = level_;
  level_ = level;
  if (!a_while)
    later_ = level;
  deadline_ = a_while ? std::optional(std::chrono::steady_clock::now() + *a_while) : std::nullopt;
  until_ = a_while ? wall_clock_in(*a_while) : Timestamp{};
  log_.set_level(level);
  const auto seconds = a_while ? std::to_string(duration_cast<std::chrono::seconds>(*a_while).count()) : std::string();
  log_.announce("log level changed",
                {{"from", to_text(former)}, {"to", to_text(level)}, {"for_seconds", seconds}, {"by", who}});
  changed_.notify_all();
  return state_now();
}

void LogLevel::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (!deadline_)
      changed_.wait(lock);
    else if (std::chrono::steady_clock::now() < *deadline_)
      changed_.wait_until(lock, *deadline_);
    else
      change(later_, std::nullopt, "the end of its while");
  }
}

}  // namespace gatehouse::api
