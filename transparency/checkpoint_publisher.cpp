#include "transparency/checkpoint_publisher.hpp"

#include <algorithm>

#include "tlog/checkpoint.hpp"

namespace gatehouse::transparency {

namespace {

constexpr std::chrono::seconds after_failure{1};  // until a checkpoint that lacked cosignatures is tried again

}  // namespace

CheckpointPublisher::CheckpointPublisher(const tlog::NoteSigner& signer, Cosigner* cosigner)
    : signer_(signer), cosigner_(cosigner) {}

CheckpointPublisher::~CheckpointPublisher() { stop(); }

void CheckpointPublisher::start() {
  thread_ = std::thread([this] { run(); });
}

void CheckpointPublisher::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  if (cosigner_ != nullptr)
    cosigner_->cancel();
  wake_.notify_all();
  if (thread_.joinable())
    thread_.join();
}

void CheckpointPublisher::offer(TreeView tree) {
  const std::lock_guard lock(mutex_);
  offered_ = std::move(tree);
  wake_.notify_all();
}

std::shared_ptr<const TreeView> CheckpointPublisher::published() const {
  const std::lock_guard lock(mutex_);
  return published_;
}

void CheckpointPublisher::wait_for(Condition condition, Time deadline, Done done) {
  {
    std::unique_lock lock(mutex_);
    const bool reached = published_ && condition(*published_);
    if (!reached && !stopping_) {
      waiters_.push_back({std::move(condition), deadline, std::move(done)});
      return wake_.notify_all();
    }
    lock.unlock();
    done(reached);
  }
}

CheckpointPublisher::Time CheckpointPublisher::next_wake(Time now) const {
  auto next = now + std::chrono::hours(1);
  for (const auto& waiter : waiters_)
    next = std::min(next, waiter.deadline);
  return offered_ ? std::min(next, retry_at_) : next;
}

void CheckpointPublisher::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto now = Time::clock::now();
    if (offered_ && now >= retry_at_) {
      const auto tree = std::move(*offered_);
      offered_.reset();
      lock.unlock();
      publish(tree);
      lock.lock();
    } else {
      wake_.wait_until(lock, next_wake(now));
    }
    lock.unlock();
    answer_waiters();
    lock.lock();
  }
  lock.unlock();
  answer_waiters();
}

void CheckpointPublisher::publish(const TreeView& tree) {
  auto note = signer_.sign(tlog::to_text(tlog::Checkpoint{signer_.verifier_key().name(), tree.head()}));
  if (cosigner_ != nullptr) {
    const auto result = cosigner_->cosign(tree, note);
    if (!result.enough) {
      ++failures_;
      const std::lock_guard lock(mutex_);
      retry_at_ = Time::clock::now() + after_failure;
      if (!offered_)
        offered_ = tree;
      return;
    }
    note.signatures.insert(note.signatures.end(), result.signatures.begin(), result.signatures.end());
  }
  auto signed_tree = std::make_shared<const TreeView>(tree.with_checkpoint(to_text(note)));
  const std::lock_guard lock(mutex_);
  published_.swap(signed_tree);
}

void CheckpointPublisher::answer_waiters() {
  std::unique_lock lock(mutex_);
  const auto tree = published_;
  const auto now = Time::clock::now();
  std::vector<std::pair<Done, bool>> answers;
  std::erase_if(waiters_, [&](Waiter& waiter) {
    const bool reached = tree && waiter.condition(*tree);
    if (!reached && !stopping_ && now < waiter.deadline)
      return false;
    answers.emplace_back(std::move(waiter.done), reached);
    return true;
  });
  lock.unlock();
  for (const auto& [done, reached] : answers)
    done(reached);
}

}  // namespace gatehouse::transparency
