#include "api/feed/stream_watch.hpp"

#include <set>

#include "events/frame.hpp"
#include "table/assert.hpp"

namespace gatehouse::api {

namespace {

constexpr std::size_t events_per_read = 1'000;
constexpr std::chrono::milliseconds pause{10};  // between two looks at a busy log
constexpr std::chrono::hours idle{1};

}  // namespace

StreamWatch::StreamWatch(EventLog& log) : log_(log) {
  listener_ = log.on_append([this](Position) {
    const std::lock_guard lock(mutex_);
    grown_ = true;
    if (!waiters_.empty())
      wake_.notify_one();
  });
  thread_ = std::thread([this] { run(); });
}

StreamWatch::~StreamWatch() { stop(); }

void StreamWatch::stop() {
  listener_.reset();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable())
    thread_.join();
}

std::size_t StreamWatch::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiters_.size();
}

void StreamWatch::wait_for(const AccountId& stream, Position known, Time deadline, Done done) {
  bool grown = false;
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      if (waiters_.empty())
        seen_ = log_.head();
      // What comes from here on the thread will see; what is there already it may have passed.
      grown = log_.stream_head(stream).value_or(StreamHead{}).position > known;
      if (!grown) {
        waiters_.emplace(stream, Waiter{deadline, std::move(done)});
        return wake_.notify_one();
      }
    }
  }
  done(grown);
}

StreamWatch::Time StreamWatch::next_deadline() const {
  auto next = Time::clock::now() + idle;
  for (const auto& [stream, waiter] : waiters_)
    next = std::min(next, waiter.deadline);
  return next;
}

void StreamWatch::take_due(bool all) {
  const auto now = Time::clock::now();
  for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
    if (!all && now < waiter->second.deadline) {
      ++waiter;
      continue;
    }
    woken_.emplace_back(std::move(waiter->second.done), false);
    waiter = waiters_.erase(waiter);
  }
}

// The lock is not held while the log is read.
void StreamWatch::read_new(std::unique_lock<std::mutex>& lock) {
  grown_ = false;
  for (bool at_end = false; !at_end && !waiters_.empty();) {
    const auto after = seen_;
    lock.unlock();
    const auto page = log_.read(after, events_per_read);
    std::set<AccountId> streams;
    for (const auto& event : page.events) {
      auto frame = parse_frame(event.frame);
      GATEHOUSE_ASSERT(frame.has_value());
      streams.insert(std::move(frame->envelope.account_id));
    }
    lock.lock();
    seen_ = std::max(seen_, page.next);
    at_end = page.at_end;
    for (const auto& stream : streams) {
      const auto [begin, end] = waiters_.equal_range(stream);
      for (auto waiter = begin; waiter != end; ++waiter)
        woken_.emplace_back(std::move(waiter->second.done), true);
      waiters_.erase(begin, end);
    }
  }
}

void StreamWatch::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    // Woken also by a new waiter, whose deadline may be the next one.
    if (!stopping_ && !(grown_ && !waiters_.empty()))
      wake_.wait_until(lock, next_deadline());
    if (grown_ && !stopping_)
      read_new(lock);
    take_due(stopping_);
    const bool last_round = stopping_;
    auto woken = std::move(woken_);
    woken_.clear();
    lock.unlock();
    for (auto& [done, grown] : woken)
      done(grown);
    woken.clear();
    if (!last_round)
      std::this_thread::sleep_for(pause);
    lock.lock();
    if (last_round)
      return;
  }
}

}  // namespace gatehouse::api
