#include "backup/backup_service.hpp"

#include <algorithm>

#include "backup/keys_backup.hpp"
#include "store/background_priority.hpp"

namespace gatehouse {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::minutes for_readers{10};    // such as a drill, who use the folder
constexpr std::chrono::seconds after_failure{60};  // until it is tried again, where backups are made by themselves

std::string told(const Backup& backup) {
  return "backup " + std::to_string(backup.id) + " up to event " + std::to_string(backup.manifest.head.position.value) +
         (backup.verified_at ? ", verified" : "");
}

std::string told(const BackupError& error) {
  return (error.is_damage ? std::string(damage_words) : std::string()) + error.detail;
}

}  // namespace

BackupService::BackupService(const Parts& parts, BackupSettings settings, std::function<Timestamp()> clock,
                             Report report)
    : parts_(parts), settings_(std::move(settings)), clock_(std::move(clock)), report_(std::move(report)) {}

BackupService::~BackupService() { stop(); }

void BackupService::start() {
  find_last();
  if (parts_.keys != nullptr && !settings_.keys_folder.empty()) {
    keys_asked_ = true;  // what was destroyed before the start may not have been copied
    // The certificate of an erasure is appended when its keys are gone.
    listener_ = parts_.log.on_append([this](Position) {
      if (parts_.keys->destroyed() == destroyed_copied_)
        return;
      const std::lock_guard lock(mutex_);
      keys_asked_ = true;
      wake_.notify_all();
    });
  }
  thread_ = std::thread([this] { run(); });
}

void BackupService::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    wake_.notify_all();
  }
  listener_.reset();
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
  const std::lock_guard lock(mutex_);
  auto status = status_;
  status.running = status.running || asked_;
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

BackupService::Work BackupService::next_work(std::unique_lock<std::mutex>& lock) {
  for (;;) {
    if (stopping_)
      return Work::none;
    if (keys_asked_)
      return Work::keys;
    const bool is_scheduled = settings_.interval > std::chrono::seconds{0};
    if (asked_ || (is_scheduled && SteadyClock::now() >= due_at_))
      return Work::backup;
    if (is_scheduled)
      wake_.wait_until(lock, due_at_);
    else
      wake_.wait(lock);
  }
}

void BackupService::run() {
  std::unique_lock lock(mutex_);
  for (auto work = next_work(lock); work != Work::none; work = next_work(lock)) {
    keys_asked_ = false;
    if (work == Work::backup) {
      asked_ = false;
      status_.running = true;
      status_.step = BackupStep::copying;
      status_.step_bytes = 0;
    }
    lock.unlock();
    try {
      note_outcome(work, work_on(work));
    } catch (const BackupCancelled&) {
      const std::lock_guard given_up(mutex_);
      status_.running = false;
      report_(false, "the backup was given up because the server stops");
    } catch (const std::exception& error) {
      note_outcome(work, backup_failed(error.what()));
    }
    lock.lock();
  }
}

// The keys come last: those of all persons of the log's copy are then in theirs.
BackupResult<std::optional<Backup>> BackupService::work_on(Work work) {
  std::optional<Backup> made;
  if (work == Work::backup) {
    auto backup = make_backup(parts_.log, parts_.signer,
                              {.folder = settings_.folder,
                               .keep = settings_.keep,
                               .bytes_per_second = settings_.bytes_per_second,
                               .patience = for_readers,
                               .verify = settings_.verify,
                               .clock = clock_,
                               .progress = [this](BackupStep step, std::uint64_t bytes) { tell(step, bytes); }});
    if (!backup)
      return tl::unexpected(backup.error());
    made = std::move(*backup);
    tell(BackupStep::keys, 0);
  }
  if (settings_.keys_folder.empty())
    return made;
  const auto destroyed = parts_.keys != nullptr ? parts_.keys->destroyed() : 0;
  const auto copied =
      at_low_priority([this] { return replace_keys_backup(parts_.keys, parts_.data, settings_.keys_folder); });
  if (!copied)
    return tl::unexpected(copied.error());
  destroyed_copied_ = destroyed;
  return made;
}

void BackupService::note_outcome(Work work, const BackupResult<std::optional<Backup>>& outcome) {
  {
    const std::lock_guard lock(mutex_);
    status_.running = false;
    const auto now = SteadyClock::now();
    if (!outcome) {
      status_.failures += 1;
      status_.last_error = told(outcome.error());
      due_at_ = now + std::min(settings_.interval, after_failure);
    } else if (work == Work::backup) {
      status_.last_error.clear();
      status_.last_success = (*outcome)->manifest.made_at;
      due_at_ = now + settings_.interval;
    }
  }
  if (!outcome)
    report_(true, "the backup failed: " + told(outcome.error()));
  else
    report_(false, *outcome ? told(**outcome) : "the keys were copied");
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
