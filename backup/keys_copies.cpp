#include "backup/keys_copies.hpp"

#include "backup/keys_backup.hpp"
#include "store/background_priority.hpp"

namespace gatehouse {

KeysCopies::~KeysCopies() { stop(); }

void KeysCopies::start() {
  if (parts_.keys == nullptr)
    return;
  // The certificate of an erasure is appended when its keys are gone.
  listener_ = parts_.log.on_append([this](Position) {
    if (parts_.keys->destroyed() == destroyed_copied_)
      return;
    const std::lock_guard lock(mutex_);
    wake_.notify_all();
  });
  thread_ = std::thread([this] { run(); });
}

void KeysCopies::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    wake_.notify_all();
  }
  listener_.reset();
  if (thread_.joinable())
    thread_.join();
}

std::string KeysCopies::last_error() const {
  const std::lock_guard lock(mutex_);
  return last_error_;
}

bool KeysCopies::is_due() const { return !made_ || parts_.keys->destroyed() != destroyed_copied_; }

void KeysCopies::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (!is_due()) {
      wake_.wait(lock);
    } else if (std::chrono::steady_clock::now() < not_before_) {
      wake_.wait_until(lock, not_before_);
    } else {
      lock.unlock();
      if (make())
        report_(false, "the keys were copied");
      lock.lock();
    }
  }
}

bool KeysCopies::make() {
  const std::lock_guard one_at_a_time(making_);
  const auto destroyed = parts_.keys != nullptr ? parts_.keys->destroyed() : 0;
  const auto made = at_low_priority([this] { return replace_keys_backup(parts_.keys, parts_.data, parts_.copy); });
  if (!made)
    report_(true, "the copy of the keys failed: " + told(made.error()));
  const std::lock_guard lock(mutex_);
  if (made) {
    made_ = true;
    destroyed_copied_ = destroyed;
    last_error_.clear();
  } else {
    ++failures_;
    last_error_ = told(made.error());
    not_before_ = std::chrono::steady_clock::now() + backup_retry;
  }
  return made.has_value();
}

}  // namespace gatehouse
