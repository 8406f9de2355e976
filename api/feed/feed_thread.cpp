#include "api/feed/feed_thread.hpp"

#include <algorithm>
#include <set>

#include "events/frame.hpp"
#include "store/background_priority.hpp"
#include "table/assert.hpp"

namespace gatehouse::api {

namespace {

constexpr std::size_t events_per_read = 1'000;
constexpr std::chrono::milliseconds pause{10};  // between two looks at a busy log, so that more than one event is told at once
// What is told at once, and at most in a second: sending it is the work of the I/O threads, who have more important things to do.
constexpr std::size_t round_bytes = 1U << 20;
constexpr std::size_t bytes_per_second = 32U << 20;
constexpr std::chrono::hours idle{1};

}  // namespace

FeedThread::FeedThread(EventLog& log) : log_(log) {
  listener_ = log.on_append([this](Position) {
    const std::lock_guard lock(mutex_);
    grown_ = true;
    if (!waiters_.empty())
      wake_.notify_one();
  });
  thread_ = std::thread([this] { run(); });
}

FeedThread::~FeedThread() { stop(); }

void FeedThread::stop() {
  listener_.reset();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable())
    thread_.join();
}

void FeedThread::post(Job job) {
  const std::lock_guard lock(mutex_);
  if (stopping_)
    return;
  jobs_.push_back(std::move(job));
  wake_.notify_one();
}

void FeedThread::post_when_grown(const AccountId& stream, Position known, Time deadline, Job job) {
  const std::lock_guard lock(mutex_);
  if (stopping_)
    return;
  if (waiters_.empty())
    seen_ = log_.head();
  // What comes from here on the thread will see; what is there already it may have passed.
  if (log_.stream_head(stream).value_or(StreamHead{}).position > known)
    jobs_.push_back(std::move(job));
  else
    waiters_.emplace(stream, Waiter{deadline, std::move(job)});
  wake_.notify_one();
}

FeedThread::Time FeedThread::next_deadline() const {
  auto next = Time::clock::now() + idle;
  for (const auto& [stream, waiter] : waiters_)
    next = std::min(next, waiter.deadline);
  return next;
}

void FeedThread::take_due() {
  const auto now = Time::clock::now();
  for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
    if (!stopping_ && now < waiter->second.deadline) {
      ++waiter;
      continue;
    }
    jobs_.push_back(std::move(waiter->second.job));
    waiter = waiters_.erase(waiter);
  }
}

// The lock is not held while the log is read.
void FeedThread::read_new(std::unique_lock<std::mutex>& lock) {
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
        jobs_.push_back(std::move(waiter->second.job));
      waiters_.erase(begin, end);
    }
  }
}

// As many jobs as fit into a round. The bytes that they told.
std::size_t FeedThread::tell(std::unique_lock<std::mutex>& lock) {
  std::size_t bytes = 0;
  while (!jobs_.empty() && bytes < round_bytes) {
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    bytes += job();
    job = nullptr;  // it may be the last to hold its connection
    lock.lock();
  }
  return bytes;
}

void FeedThread::run() {
  lower_own_priority();
  std::unique_lock lock(mutex_);
  for (bool last_round = false; !last_round;) {
    if (!stopping_ && jobs_.empty() && (!grown_ || waiters_.empty()))
      wake_.wait_until(lock, next_deadline());
    last_round = stopping_;
    if (grown_ && !stopping_)
      read_new(lock);
    take_due();
    const auto bytes = tell(lock);
    const auto rest = pause + std::chrono::microseconds(bytes * 1'000'000 / bytes_per_second);
    if (!last_round)
      wake_.wait_for(lock, rest, [this] { return stopping_; });
  }
  // Whoever still has something to tell ends.
  auto left = std::move(jobs_);
  lock.unlock();
  for (auto& job : left)
    static_cast<void>(job());
}

}  // namespace gatehouse::api
