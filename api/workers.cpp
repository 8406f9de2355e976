#include "api/workers.hpp"

#include <algorithm>
#include <utility>

#include "http/wake_batch.hpp"

namespace gatehouse::api {

Workers::Workers(unsigned threads, std::size_t jobs_at_once_max)
    : threads_count_(threads), jobs_at_once_max_(jobs_at_once_max) {
  for (unsigned index = 0; index < threads; ++index)
    threads_.emplace_back([this] { run(); });
}

Workers::~Workers() { stop(); }

void Workers::post(std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      jobs_.push_back(std::move(job));
      wake_.notify_one();
      return;
    }
  }
  job();
}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) {
    if (thread.joinable())
      thread.join();
  }
}

std::vector<std::function<void()>> Workers::take_share() {
  const auto share = std::min((jobs_.size() + threads_count_ - 1) / threads_count_, jobs_at_once_max_);
  std::vector<std::function<void()>> jobs;
  for (; jobs.size() < share; jobs_.pop_front())
    jobs.push_back(std::move(jobs_.front()));
  return jobs;
}

void Workers::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty())
      return;
    auto jobs = take_share();
    lock.unlock();
    {
      const http::WakeBatch batch;
      for (auto& job : jobs)
        std::exchange(job, nullptr)();
    }
    lock.lock();
  }
}

}  // namespace gatehouse::api
