#include "cli/held_clock.hpp"

#include <time.h>

#include <algorithm>
#include <string>
#include <utility>

namespace gatehouse::cli {

namespace {

using std::chrono::milliseconds;

milliseconds read_clock(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return std::chrono::seconds{time.tv_sec} +
         std::chrono::duration_cast<milliseconds>(std::chrono::nanoseconds{time.tv_nsec});
}

std::string told(milliseconds ahead) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::abs(ahead)).count();
  return std::to_string(seconds) + (ahead.count() > 0 ? " s ahead of" : " s behind") + " the time that passed";
}

}  // namespace

HeldClock::HeldClock(Sources sources, std::function<void(std::string_view)> report)
    : sources_(std::move(sources)), report_(std::move(report)), passed_(sources_.passed()),
      time_(sources_.system().unix_ms) {}

void HeldClock::go_on_from(Timestamp recorded) {
  const std::lock_guard lock(mutex_);
  const milliseconds newest{recorded.unix_ms};
  if (newest - time_ <= followed_step_max)
    time_ = std::max(time_, newest);
}

Timestamp HeldClock::now() {
  const std::lock_guard lock(mutex_);
  const auto passed = sources_.passed();
  const auto step = std::max(passed - std::exchange(passed_, passed), milliseconds{0});
  const milliseconds system{sources_.system().unix_ms};
  const auto ahead = system - (time_ + step);
  const bool is_held = std::chrono::abs(ahead) > followed_step_max;
  time_ = is_held ? time_ + step : std::max(system, time_ + (ahead.count() < 0 ? step / 2 : step));
  if (std::exchange(is_held_, is_held) != is_held)
    note(is_held, ahead);
  return {time_.count()};
}

void HeldClock::note(bool is_held, milliseconds ahead) {
  if (is_held)
    report_("the system's clock jumped and is " + told(ahead) +
            ": events go on by the latter. If the clock is right now, start the server again");
  else
    report_("the system's clock is followed again");
}

HeldClock::Sources machine_clocks() {
  return {[] { return Timestamp{read_clock(CLOCK_REALTIME).count()}; }, [] { return read_clock(CLOCK_BOOTTIME); }};
}

}  // namespace gatehouse::cli
