#include "api/log_watch.hpp"

#include <algorithm>

namespace gatehouse::api {

LogWatch::LogWatch(EventLog& log, std::size_t waiters_max) : log_(&log), waiters_max_(waiters_max) {
  listener_ = log.on_append([this](Position) {
    const std::lock_guard lock(mutex_);
    if (waiters_.empty())
      return;
    changed_ = true;
    wake_.notify_one();
  });
  thread_ = std::thread([this] { run(); });
}

LogWatch::~LogWatch() { stop(); }

bool LogWatch::wait_for(Position position, Time not_before, Time deadline, Done done, HungUp hung_up) {
  const std::lock_guard lock(mutex_);
  if (stopping_ || waiters_.size() >= waiters_max_)
    return false;
  waiters_.push_back({position, not_before, deadline, std::move(done), std::move(hung_up)});
  changed_ = true;
  wake_.notify_one();
  return true;
}

void LogWatch::stop() {
  listener_.reset();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable())
    thread_.join();
}

bool LogWatch::Waiter::is_due(Position head, Time now) const {
  return now >= deadline || (head >= position && now >= not_before) || (hung_up && *hung_up);
}

// A waiter whose position is reached but whose time has not come sets the alarm too.
LogWatch::Time LogWatch::next_wake(Time now) const {
  Time next = Time::max();
  for (const auto& waiter : waiters_) {
    next = std::min(next, waiter.deadline);
    if (waiter.not_before > now)
      next = std::min(next, waiter.not_before);
    if (waiter.hung_up)
      next = std::min<Time>(next, now + hang_up_look);
  }
  return next;
}

void LogWatch::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    const auto next = next_wake(std::chrono::steady_clock::now());
    const auto something = [this] { return changed_; };
    if (next == Time::max())
      wake_.wait(lock, something);
    else
      wake_.wait_until(lock, next, something);
    changed_ = false;

    // Not under our lock: the log calls the listener with locks of its own.
    lock.unlock();
    const auto head = log_->head();
    lock.lock();
    const auto now = std::chrono::steady_clock::now();
    const auto due = std::partition(waiters_.begin(), waiters_.end(),
                                    [&](const Waiter& waiter) { return !stopping_ && !waiter.is_due(head, now); });
    std::vector<Waiter> woken(std::make_move_iterator(due), std::make_move_iterator(waiters_.end()));
    waiters_.erase(due, waiters_.end());
    const bool last_round = stopping_;
    lock.unlock();
    for (auto& waiter : woken)
      waiter.done(head >= waiter.position && !last_round);
    woken.clear();
    lock.lock();
    if (last_round && waiters_.empty())
      return;
  }
}

}  // namespace gatehouse::api
