#include "store/prompt_thread.hpp"

#include "store/background_priority.hpp"

namespace gatehouse {

PromptThread::PromptThread() : thread_([this] { serve(); }) {}

PromptThread::~PromptThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void PromptThread::run(const std::function<void()>& work) {
  if (!own_priority_is_low()) {
    work();
    return;
  }
  std::packaged_task<void()> task(work);
  auto done = task.get_future();
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(task));
  }
  changed_.notify_one();
  done.get();
}

void PromptThread::serve() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty())
      return;
    auto task = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    task();
    lock.lock();
  }
}

}  // namespace gatehouse
