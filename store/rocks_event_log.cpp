#include "store/rocks_event_log.hpp"

#include <rocksdb/iostats_context.h>
#include <rocksdb/perf_level.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "store/rocks_reader.hpp"

namespace gatehouse {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t checksum_bytes_per_key = 8;
constexpr std::uint64_t group_rows_dropped_per_append = 4;

class RocksState final : public StateSnapshot {
 public:
  RocksState(RocksReader rows, std::shared_ptr<const RocksReader> streams, Position head)
      : rows_(std::move(rows)), streams_(std::move(streams)), head_(head) {}
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override { return rows_.get(key); }
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override {
    rows_.scan(prefix, from, visit);
  }
  [[nodiscard]] Position head() const override { return head_; }
  [[nodiscard]] std::optional<StreamHead> stream_head(const AccountId& stream) const override {
    const auto value = streams_->get(stored::stream_head_key(stream));
    if (!value)
      return std::nullopt;
    auto head = stored::read_stream_head(*value);
    if (!head)
      stop_on_unreadable("streams", "a row cannot be decoded");
    return head;
  }

 private:
  RocksReader rows_;
  std::shared_ptr<const RocksReader> streams_;
  Position head_;
};

// How long this thread waits for RocksDB's files, which RocksDB measures for threads that want it to.
class SyncTime {
 public:
  SyncTime() : level_(rocksdb::GetPerfLevel()), before_(rocksdb::get_iostats_context()->fsync_nanos) {
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kEnableTimeExceptForMutex);
  }
  SyncTime(const SyncTime&) = delete;
  SyncTime& operator=(const SyncTime&) = delete;
  ~SyncTime() { rocksdb::SetPerfLevel(level_); }
  [[nodiscard]] std::uint64_t nanoseconds() const { return rocksdb::get_iostats_context()->fsync_nanos - before_; }

 private:
  rocksdb::PerfLevel level_;
  std::uint64_t before_;
};

// Collects the rows of one group; the first error sticks.
class GroupBatch {
 public:
  explicit GroupBatch(const RocksDatabase& database) : database_(database), batch_(0, 0, checksum_bytes_per_key, 0) {}

  void put(const RocksFamily& family, std::string_view key, std::string_view value) {
    if (status_.ok())
      status_ = batch_.Put(family.handle(), as_slice(key), as_slice(value));
  }
  void erase(const RocksFamily& family, std::string_view key) {
    if (status_.ok())
      status_ = batch_.Delete(family.handle(), as_slice(key));
  }
  [[nodiscard]] rocksdb::Status write_synced() {
    if (!status_.ok())
      return status_;
    rocksdb::WriteOptions options;
    options.sync = true;
    options.protection_bytes_per_key = checksum_bytes_per_key;
    return database_.db->Write(options, &batch_);
  }

 private:
  const RocksDatabase& database_;
  rocksdb::WriteBatch batch_;
  rocksdb::Status status_;
};

void put_rows(GroupBatch& batch, const RocksDatabase& database, const GroupPlan& plan, const GroupPlan::Rows& rows) {
  for (const auto& event : plan.events) {
    batch.put(*database.streams, stored::stream_version_key(event.stream, event.version),
              stored::encode(event.position));
  }
  for (const auto& [stream, head] : plan.heads)
    batch.put(*database.streams, stored::stream_head_key(stream), stored::encode(head));
  for (const auto& [command_id, record] : plan.records) {
    batch.put(*database.commands, stored::command_key(command_id), stored::encode(record));
  }
  for (const auto& [key, value] : rows)
    *value ? batch.put(*database.state, key, **value) : batch.erase(*database.state, key);
}

}  // namespace

class RocksEventLog::View final : public LogView {
 public:
  explicit View(const RocksEventLog& log) : log_(log), now_(log.published()) {}
  [[nodiscard]] Position head() const override { return now_->head.mark.position; }
  [[nodiscard]] Timestamp log_time() const override { return now_->head.log_time; }
  [[nodiscard]] std::optional<StreamHead> stream_head(const AccountId& stream) const override {
    return now_->state->stream_head(stream);
  }
  [[nodiscard]] std::optional<CommandRecord> find_command(const Uuid& command_id) const override {
    return log_.find_command(command_id);
  }

 private:
  const RocksEventLog& log_;
  std::shared_ptr<const Published> now_;
};

std::vector<AppendResult> RocksEventLog::append(std::span<CommitDraft> group) {
  const std::lock_guard lock(append_mutex_);
  const auto began = SteadyClock::now();
  if (const auto status = refusal())
    return refuse_group(group.size(), *status);
  auto plan = plan_group(group, View(*this));
  if (plan.writes_nothing())
    return std::move(plan.results);
  const auto before = published()->head.mark;
  stored::LogHead head{{before.group + 1, plan.head, before.chain}, plan.log_time};
  const auto rows = plan.rows();
  if (!make_durable(plan, rows, head))
    return refuse_group(group.size(), AppendStatus::unknown);
  put_into_caches(plan, rows, head.mark.group);
  publish(head);
  meters_.appends.observe(SteadyClock::now() - began);
  listeners_.notify(plan.head);
  return std::move(plan.results);
}

// Also completes the chain of `head`. False: what became of the group is unknown.
bool RocksEventLog::make_durable(GroupPlan& plan, const GroupPlan::Rows& rows, stored::LogHead& head) {
  GroupBatch batch(*database_);
  for (auto& event : plan.events) {
    head.mark.chain = chain_.next(head.mark.chain, event.frame);
    event.frame.append(as_bytes(head.mark.chain));
    batch.put(*database_->log, stored::log_key(event.position), event.frame);
  }
  put_rows(batch, *database_, plan, rows);
  // The rows of groups that the durable witness has no doubt about; a few at a time, more than are made.
  for (std::uint64_t dropped = 0;
       dropped < group_rows_dropped_per_append && first_group_row_ <= witness_->record().anchor.group; ++dropped) {
    batch.erase(*database_->meta, stored::group_key(first_group_row_++));
  }
  batch.put(*database_->meta, stored::group_key(head.mark.group), stored::encode(head.mark.position));
  batch.put(*database_->meta, stored::head_key, stored::encode(head));
  {
    const SyncTime time;
    if (const auto status = batch.write_synced(); !status.ok()) {
      note_failure(*database_->health, status);
      return false;
    }
    meters_.log_syncs.observe(time.nanoseconds());
  }
  database_->anchor->note(database_->db->GetLatestSequenceNumber(), head.mark);
  const auto began = SteadyClock::now();
  if (const auto error = witness_->write(head.mark, database_->anchor->anchor())) {
    database_->health->fail("witness: " + error.message(), error == std::errc::no_space_on_device
                                                               ? StoreHealth::Cause::no_space
                                                               : StoreHealth::Cause::other);
    return false;
  }
  meters_.witness_syncs.observe(SteadyClock::now() - began);
  return are_files_in_place();
}

bool RocksEventLog::are_files_in_place() const {
  const auto displaced = held_files_.displaced();
  if (displaced)
    database_->health->fail(displaced->string() + " is gone or another file than the one that is open",
                            StoreHealth::Cause::other);
  return !displaced;
}

void RocksEventLog::put_into_caches(const GroupPlan& plan, const GroupPlan::Rows& rows, std::uint64_t group) {
  for (const auto& [stream, head] : plan.heads)
    heads_cache_->written(stored::stream_head_key(stream), stored::encode(head), group);
  for (const auto& [key, value] : rows)
    state_cache_->written(key, *value, group);
}

void RocksEventLog::publish(const stored::LogHead& head) {
  const auto snapshot = database_->snapshot();
  const auto group = head.mark.group;
  const auto reader = [&](const std::shared_ptr<RocksFamily>& family, const std::shared_ptr<RowCache>& cache) {
    return std::make_shared<const RocksReader>(family, snapshot, CachedRows{cache, group});
  };
  const auto published = std::make_shared<Published>();
  published->snapshot = snapshot;
  published->log = reader(database_->log, nullptr);
  published->streams = reader(database_->streams, heads_cache_);
  published->state = std::make_shared<const RocksState>(RocksReader(database_->state, snapshot, {state_cache_, group}),
                                                        published->streams, head.mark.position);
  published->commands = reader(database_->commands, nullptr);
  published->head = head;
  database_->clock->unix_ms.store(head.log_time.unix_ms, std::memory_order_relaxed);
  std::shared_ptr<const Published> former = published;
  const std::lock_guard lock(published_mutex_);
  published_.swap(former);
}

std::uint64_t RocksEventLog::state_version() const {
  std::string bytes;
  const auto status = database_->db->Get(rocksdb::ReadOptions(), database_->meta->handle(),
                                         as_slice(stored::state_version_key), &bytes);
  return status.ok() ? stored::read_number(bytes).value_or(1) : 1;
}

bool RocksEventLog::set_state_version(std::uint64_t version) {
  const std::lock_guard lock(append_mutex_);
  if (refusal())
    return false;
  GroupBatch batch(*database_);
  batch.put(*database_->meta, stored::state_version_key, stored::encode(version));
  const auto status = batch.write_synced();
  if (!status.ok())
    note_failure(*database_->health, status);
  return status.ok();
}

std::optional<AppendStatus> RocksEventLog::refusal() {
  if (database_->read_only || database_->health->failed() || !are_files_in_place())
    return AppendStatus::unavailable;
  if (seen_.load() > head().value)
    return AppendStatus::regressed;
  if (!reserve_.has_room())
    return AppendStatus::unavailable;
  return std::nullopt;
}

std::string RocksEventLog::read_only_reason() const {
  if (database_->read_only)
    return std::string(opened_read_only_reason);
  if (database_->health->failed() || !are_files_in_place())
    return std::string(failed_reason) + ": " + database_->health->reason();
  if (seen_.load() > head().value)
    return std::string(regressed_reason);
  return reserve_.has_room() ? std::string() : std::string(disk_full_reason);
}

void RocksEventLog::stop_appending(const std::string& reason) {
  const bool no_space = reason.find(std::generic_category().message(ENOSPC)) != std::string::npos;
  database_->health->fail(reason, no_space ? StoreHealth::Cause::no_space : StoreHealth::Cause::other);
}

bool RocksEventLog::would_open_again() const {
  return database_->health->failed_for_space_alone() && reserve_.has_room_to_open();
}

std::unique_ptr<EventLog::Listener> RocksEventLog::on_append(std::function<void(Position head)> notify) {
  return listeners_.add(std::move(notify));
}

void RocksEventLog::seen(Position position) {
  auto before = seen_.load();
  while (before < position.value && !seen_.compare_exchange_weak(before, position.value)) {
  }
}

}  // namespace gatehouse
