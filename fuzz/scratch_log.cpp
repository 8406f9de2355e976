#include "fuzz/scratch_log.hpp"

#include "table/assert.hpp"

namespace gatehouse::fuzz {

class ScratchLog::View final : public LogView {
 public:
  explicit View(const ScratchLog& log) : log_(log) {}
  [[nodiscard]] Position head() const override { return log_.head(); }
  // Nothing expires: all is of one day.
  [[nodiscard]] Timestamp log_time() const override { return {}; }
  [[nodiscard]] std::optional<StreamHead> stream_head(const AccountId& stream) const override { return log_.stream_head(stream); }
  [[nodiscard]] std::optional<CommandRecord> find_command(const Uuid& command_id) const override {
    return log_.find_command(command_id);
  }

 private:
  const ScratchLog& log_;
};

class ScratchLog::Snapshot final : public StateSnapshot {
 public:
  explicit Snapshot(const ScratchLog& log) : log_(log), head_(log.head()) {}
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override { return log_.rows_.get(key); }
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override { log_.rows_.scan(prefix, from, visit); }
  [[nodiscard]] Position head() const override { return head_; }
  [[nodiscard]] std::optional<StreamHead> stream_head(const AccountId& stream) const override {
    const auto found = log_.heads_.find(stream);
    return found == log_.heads_.end() ? log_.base_.stream_head(stream) : std::optional(found->second);
  }

 private:
  const ScratchLog& log_;
  Position head_;
};

ScratchLog::ScratchLog(const EventLog& base) : base_(base), base_rows_(base.state()), rows_(OverlayTable::on(*base_rows_)) {}

void ScratchLog::clear() {
  rows_.clear();
  added_.clear();
  heads_.clear();
  records_.clear();
}

std::vector<AppendResult> ScratchLog::append(std::span<CommitDraft> group) {
  auto plan = plan_group(group, View(*this));
  for (auto& event : plan.events) added_.push_back({event.position, std::move(event.frame)});
  for (const auto& [stream, head] : plan.heads) heads_[stream] = head;
  for (auto& [command_id, record] : plan.records) records_[command_id] = std::move(record);
  for (const auto* changes : plan.state) {
    for (const auto& [key, value] : *changes) value ? rows_.put(key, *value) : rows_.erase(key);
  }
  GATEHOUSE_ASSERT(plan.head == head());
  return std::move(plan.results);
}

std::optional<CommandRecord> ScratchLog::find_command(const Uuid& command_id) const {
  const auto found = records_.find(command_id);
  return found == records_.end() ? base_.find_command(command_id) : std::optional(found->second);
}

EventPage ScratchLog::read(Position after, std::size_t events_max) const {
  EventPage page{{}, after, false};
  while (!page_is_full(page.events.size(), 0, events_max)) {
    auto event = read_at({page.next.value + 1});
    page.at_end = !event;
    if (page.at_end) break;
    page.next = event->position;
    page.events.push_back(std::move(*event));
  }
  return page;
}

// The command path reads events by their position.
EventPage ScratchLog::read_stream(const AccountId&, std::uint64_t, std::size_t) const {
  assertion_failed("nothing reads a stream of a scratch log", std::source_location::current());
}

std::optional<StoredEvent> ScratchLog::read_at(Position position) const {
  const auto first = base_.head().value + 1;
  if (position.value < first) return base_.read_at(position);
  const auto index = position.value - first;
  return index < added_.size() ? std::optional(added_[index]) : std::nullopt;
}

Position ScratchLog::head() const { return {base_.head().value + added_.size()}; }

std::shared_ptr<const StateSnapshot> ScratchLog::state() const { return std::make_shared<Snapshot>(*this); }

std::unique_ptr<EventLog::Listener> ScratchLog::on_append(std::function<void(Position head)>) { return std::make_unique<Listener>(); }

}  // namespace gatehouse::fuzz
