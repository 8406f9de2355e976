#include "store/memory_event_log.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "store/stored_rows.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

class MemorySnapshot final : public StateSnapshot {
 public:
  MemorySnapshot(std::shared_ptr<VersionedRows> rows, std::shared_ptr<VersionedRows> streams, Position head)
      : rows_(std::move(rows)), streams_(std::move(streams)), head_(head) {}
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override { return rows_.get(key); }
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override {
    rows_.scan(prefix, from, visit);
  }
  [[nodiscard]] Position head() const override { return head_; }
  [[nodiscard]] std::optional<StreamHead> stream_head(const AccountId& stream) const override {
    const auto value = streams_.get(stored::stream_head_key(stream));
    return value ? stored::read_stream_head(*value) : std::nullopt;
  }

 private:
  VersionedRows::Snapshot rows_, streams_;
  Position head_;
};

}  // namespace

class MemoryEventLog::View final : public LogView {
 public:
  explicit View(const MemoryEventLog& log) : log_(log) {}
  [[nodiscard]] Position head() const override { return log_.head(); }
  [[nodiscard]] Timestamp log_time() const override { return log_.log_time_; }
  [[nodiscard]] std::optional<StreamHead> stream_head(const AccountId& stream) const override {
    return log_.stream_head(stream);
  }
  [[nodiscard]] std::optional<CommandRecord> find_command(const Uuid& command_id) const override {
    return log_.find_command(command_id);
  }

 private:
  const MemoryEventLog& log_;
};

MemoryEventLog::MemoryEventLog() : state_(std::make_shared<MemorySnapshot>(rows_, stream_heads_, Position{})) {}
MemoryEventLog::~MemoryEventLog() = default;

std::vector<AppendResult> MemoryEventLog::append(std::span<CommitDraft> group) {
  const std::lock_guard lock(append_mutex_);
  if (const auto status = refusal())
    return refuse_group(group.size(), *status);
  auto plan = plan_group(group, View(*this));
  if (plan.writes_nothing())
    return std::move(plan.results);
  apply(plan);
  listeners_.notify(plan.head);
  return std::move(plan.results);
}

std::optional<AppendStatus> MemoryEventLog::refusal() const {
  const std::lock_guard lock(mutex_);
  if (!refusal_reason_.empty())
    return refusal_;
  if (seen_.value > frames_.size())
    return AppendStatus::regressed;
  return std::nullopt;
}

void MemoryEventLog::apply(GroupPlan& plan) {
  const std::lock_guard lock(mutex_);
  for (auto& event : plan.events) {
    frames_.push_back(std::move(event.frame));
    streams_[event.stream].push_back(event.position);
    GATEHOUSE_ASSERT(frames_.size() == event.position.value && streams_[event.stream].size() == event.version);
  }
  OverlayTable::Changes heads;
  for (const auto& [stream, head] : plan.heads)
    heads[stored::stream_head_key(stream)] = stored::encode(head);
  for (auto& [command_id, record] : plan.records)
    commands_[command_id] = std::move(record);
  log_time_ = plan.log_time;
  rows_->apply(plan.state);
  stream_heads_->apply(std::array<const OverlayTable::Changes*, 1>{&heads});
  state_ = std::make_shared<MemorySnapshot>(rows_, stream_heads_, plan.head);
}

std::optional<CommandRecord> MemoryEventLog::find_command(const Uuid& command_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = commands_.find(command_id);
  if (found == commands_.end() || is_expired(found->second.recorded_at, log_time_))
    return std::nullopt;
  return found->second;
}

EventPage MemoryEventLog::read(Position after, std::size_t events_max) const {
  const std::lock_guard lock(mutex_);
  EventPage page{{}, after, true};
  std::size_t bytes = 0;
  for (auto position = after.value + 1; position <= frames_.size(); ++position) {
    if (page_is_full(page.events.size(), bytes, events_max)) {
      page.at_end = false;
      break;
    }
    page.events.push_back({{position}, frames_[position - 1]});
    page.next = {position};
    bytes += frames_[position - 1].size();
  }
  return page;
}

EventPage MemoryEventLog::read_stream(const AccountId& stream, std::uint64_t after_version,
                                      std::size_t events_max) const {
  const std::lock_guard lock(mutex_);
  EventPage page{{}, {}, true};
  const auto found = streams_.find(stream);
  if (found == streams_.end())
    return page;
  std::size_t bytes = 0;
  for (auto version = after_version; version < found->second.size(); ++version) {
    if (page_is_full(page.events.size(), bytes, events_max)) {
      page.at_end = false;
      break;
    }
    page.next = found->second[version];
    page.events.push_back({page.next, frames_[page.next.value - 1]});
    bytes += page.events.back().frame.size();
  }
  return page;
}

std::optional<StoredEvent> MemoryEventLog::read_at(Position position) const {
  const std::lock_guard lock(mutex_);
  if (position.value == 0 || position.value > frames_.size())
    return std::nullopt;
  return StoredEvent{position, frames_[position.value - 1]};
}

Position MemoryEventLog::head() const {
  const std::lock_guard lock(mutex_);
  return {frames_.size()};
}

std::shared_ptr<const StateSnapshot> MemoryEventLog::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

std::string MemoryEventLog::read_only_reason() const {
  const std::lock_guard lock(mutex_);
  if (!refusal_reason_.empty())
    return refusal_reason_;
  return seen_.value > frames_.size() ? std::string(regressed_reason) : std::string();
}

std::unique_ptr<EventLog::Listener> MemoryEventLog::on_append(std::function<void(Position head)> notify) {
  return listeners_.add(std::move(notify));
}

void MemoryEventLog::seen(Position position) {
  const std::lock_guard lock(mutex_);
  seen_ = std::max(seen_, position);
}

void MemoryEventLog::refuse_appends(AppendStatus status, std::string reason) {
  const std::lock_guard lock(mutex_);
  refusal_ = status;
  refusal_reason_ = std::move(reason);
}

}  // namespace gatehouse
