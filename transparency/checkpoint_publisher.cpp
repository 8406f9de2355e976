#include "transparency/checkpoint_publisher.hpp"

#include <algorithm>

#include "tlog/checkpoint.hpp"

namespace gatehouse::transparency {

namespace {

constexpr std::chrono::seconds after_failure{1};  // until a checkpoint that could not be published is tried again

// Where nobody cosigns, the log alone tells after a restart what was published, and no less is published then; what is kept is to tell an older log by.
constexpr std::chrono::seconds between_keeps{1};

}  // namespace

CheckpointPublisher::CheckpointPublisher(const Parts& parts, Report report)
    : parts_(parts), report_(std::move(report)) {}

CheckpointPublisher::~CheckpointPublisher() { stop(); }

void CheckpointPublisher::start() {
  thread_ = std::thread([this] { run(); });
}

void CheckpointPublisher::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  if (parts_.cosigner != nullptr)
    parts_.cosigner->cancel();
  wake_.notify_all();
  if (thread_.joinable())
    thread_.join();
}

void CheckpointPublisher::resume(TreeView tree) {
  const std::lock_guard lock(mutex_);
  published_ = std::make_shared<const TreeView>(std::move(tree));
  wake_.notify_all();
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
  if (!unkept_.empty())
    next = std::min(next, keep_at_);
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
    keep_late(Time::clock::now());
    lock.lock();
  }
  lock.unlock();
  answer_waiters();
  keep_late(keep_at_);
}

void CheckpointPublisher::publish(const TreeView& tree) {
  auto note = parts_.signer.sign(tlog::to_text(tlog::Checkpoint{parts_.signer.verifier_key().name(), tree.head()}));
  const bool enough = add_cosignatures(tree, note);
  auto checkpoint = to_text(note);
  if (!enough || !keep(checkpoint)) {
    lacks_cosignatures_ = !enough;
    const std::lock_guard lock(mutex_);
    retry_at_ = Time::clock::now() + after_failure;
    if (!offered_)
      offered_ = tree;
    return;
  }
  auto signed_tree = std::make_shared<const TreeView>(tree.with_checkpoint(std::move(checkpoint)));
  const std::lock_guard lock(mutex_);
  published_.swap(signed_tree);
  lacks_cosignatures_ = false;  // not before it is shown
}

bool CheckpointPublisher::add_cosignatures(const TreeView& tree, tlog::Note& note) {
  if (parts_.cosigner == nullptr)
    return true;
  const auto result = parts_.cosigner->cosign(tree, note);
  failures_ += result.enough ? 0 : 1;
  note.signatures.insert(note.signatures.end(), result.signatures.begin(), result.signatures.end());
  return result.enough;
}

// What has cosignatures is not shown before it is on disk: after a restart there may be nobody to give them again.
bool CheckpointPublisher::keep(const std::string& checkpoint) {
  if (parts_.kept == nullptr)
    return true;
  unkept_ = checkpoint;
  keep_late(parts_.cosigner == nullptr ? Time::clock::now() : keep_at_);
  return unkept_.empty() || parts_.cosigner == nullptr;
}

void CheckpointPublisher::keep_late(Time now) {
  if (unkept_.empty() || now < keep_at_)
    return;
  const auto kept = parts_.kept->keep(unkept_);
  if (!kept && !keeping_fails_)
    report_("a checkpoint cannot be kept: " + kept.error());
  keeping_fails_ = !kept;
  keep_at_ = Time::clock::now() + between_keeps;
  if (kept)
    unkept_.clear();
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
