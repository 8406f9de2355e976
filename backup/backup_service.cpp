#include "backup/backup_service.hpp"

#include <algorithm>

namespace gatehouse {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::minutes for_readers{10};  // such as a drill, who use the folder

std::string told(const Backup& backup) {
  return "backup " + std::to_string(backup.id) + " up to event " + std::to_string(backup.manifest.head.position.value) +
         (backup.verified_at ? ", verified" : "");
}

}  // namespace

BackupService::BackupService(const Parts& parts, BackupSettings settings, std::function<Timestamp()> clock,
                             Report report)
    : parts_(parts), settings_(std::move(settings)), clock_(std::move(clock)), report_(std::move(report)) {
  if (!settings_.keys_folder.empty())
    keys_.emplace(
        KeysCopies::Parts{.log = parts_.log, .keys = parts_.keys, .data = parts_.data, .copy = settings_.keys_folder},
        report_);
}

BackupService::~BackupService() { stop(); }

void BackupService::start() {
  find_last();
  if (keys_)
    keys_->start();
  thread_ = std::thread([this] { run(); });
}

void BackupService::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    wake_.notify_all();
  }
  if (keys_)
    keys_->stop();
  if (thread_.joinable())
    thread_.join();
}

bool BackupService::ask() {
  const std::lock_guard lock(mutex_);
  if (asked_ || status_.running || stopping_)
    return false;
  asked_ = true;
  wake_.notify_all();
  return true;
}

BackupStatus BackupService::status() const {
  BackupStatus status;
  {
    const std::lock_guard lock(mutex_);
    status = status_;
    status.running = status.running || asked_;
  }
  if (keys_) {
    status.failures += keys_->failures();
    if (status.last_error.empty())
      status.last_error = keys_->last_error();
  }
  return status;
}

// The first is due when the newest on disk has become as old as the interval.
void BackupService::find_last() {
  const std::lock_guard lock(mutex_);
  due_at_ = SteadyClock::now();
  const auto backups = finished_backups(settings_.folder);
  if (!backups || backups->empty() || !backups->back().damage.empty())
    return;
  const auto made_at = backups->back().manifest.made_at;
  status_.last_success = made_at;
  const std::chrono::milliseconds age(clock_().unix_ms - made_at.unix_ms);
  due_at_ +=
      std::clamp<std::chrono::milliseconds>(settings_.interval - age, std::chrono::milliseconds{0}, settings_.interval);
}

bool BackupService::wait_until_due(std::unique_lock<std::mutex>& lock) {
  const bool is_scheduled = settings_.interval > std::chrono::seconds{0};
  while (!stopping_ && !asked_ && !(is_scheduled && SteadyClock::now() >= due_at_)) {
    if (is_scheduled)
      wake_.wait_until(lock, due_at_);
    else
      wake_.wait(lock);
  }
  return !stopping_;
}

void BackupService::run() {
  std::unique_lock lock(mutex_);
  while (wait_until_due(lock)) {
    asked_ = false;
    status_.running = true;
    status_.step = BackupStep::copying;
    status_.step_bytes = 0;
    lock.unlock();
    try {
      note_outcome(make());
    } catch (const BackupCancelled&) {
      const std::lock_guard given_up(mutex_);
      status_.running = false;
      report_(false, "the backup was given up because the server stops");
    } catch (const std::exception& error) {
      note_outcome(backup_failed(error.what()));
    }
    lock.lock();
  }
}

// The keys come last: those of all persons of the log's copy are then in theirs.
BackupResult<Backup> BackupService::make() {
  auto made = make_backup(parts_.log, parts_.signer,
                          {.folder = settings_.folder,
                           .keep = settings_.keep,
                           .bytes_per_second = settings_.bytes_per_second,
                           .patience = for_readers,
                           .verify = settings_.verify,
                           .clock = clock_,
                           .progress = [this](BackupStep step, std::uint64_t bytes) { tell(step, bytes); }});
  if (made && keys_) {
    tell(BackupStep::keys, 0);
    static_cast<void>(keys_->make());  // which tells of its failure, and is tried again, by itself
  }
  return made;
}

void BackupService::note_outcome(const BackupResult<Backup>& outcome) {
  {
    const std::lock_guard lock(mutex_);
    status_.running = false;
    const auto now = SteadyClock::now();
    if (!outcome) {
      status_.failures += 1;
      status_.last_error = told(outcome.error());
      due_at_ = now + std::min<std::chrono::seconds>(settings_.interval, backup_retry);
    } else {
      status_.last_error.clear();
      status_.last_success = outcome->manifest.made_at;
      due_at_ = now + settings_.interval;
    }
  }
  if (!outcome)
    report_(true, "the backup failed: " + told(outcome.error()));
  else
    report_(false, told(*outcome));
}

void BackupService::tell(BackupStep step, std::uint64_t bytes) {
  if (stopping_)
    throw BackupCancelled();
  const std::lock_guard lock(mutex_);
  if (status_.step != step) {
    status_.step = step;
    status_.step_bytes = 0;
  }
  status_.step_bytes += bytes;
}

}  // namespace gatehouse
