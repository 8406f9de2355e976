#include "store/group_plan.hpp"

#include <algorithm>
#include <utility>

#include "events/frame.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

class GroupPlanner {
 public:
  explicit GroupPlanner(const LogView& log) : log_(log) {
    plan_.head = log.head();
    plan_.log_time = log.log_time();
  }

  void add(CommitDraft& draft) {
    if (auto earlier = earlier_outcome(draft)) {
      plan_.results.push_back(std::move(*earlier));
    } else if (!expectations_hold(draft)) {
      plan_.results.push_back({AppendStatus::conflict, {}, actual_versions(draft), {}});
    } else {
      plan_.results.push_back(accept(draft));
    }
  }

  GroupPlan take() { return std::move(plan_); }

 private:
  std::optional<AppendResult> earlier_outcome(const CommitDraft& draft) const {
    if (!draft.record)
      return std::nullopt;
    const auto in_group = plan_.records.find(draft.command_id);
    auto record =
        in_group != plan_.records.end() ? std::optional(in_group->second) : log_.find_command(draft.command_id);
    if (!record)
      return std::nullopt;
    if (record->request_digest != draft.record->request_digest)
      return AppendResult{AppendStatus::misuse, {}, {}, {}};
    const auto first = record->first;
    return AppendResult{AppendStatus::duplicate, first, {}, std::move(record)};
  }

  std::optional<StreamHead> head_of(const AccountId& stream) const {
    const auto in_group = plan_.heads.find(stream);
    return in_group != plan_.heads.end() ? std::optional(in_group->second) : log_.stream_head(stream);
  }

  std::uint64_t version_of(const AccountId& stream) const { return head_of(stream).value_or(StreamHead{}).version; }

  bool expectations_hold(const CommitDraft& draft) const {
    return std::ranges::all_of(
        draft.expect, [&](const StreamVersion& expected) { return version_of(expected.stream) == expected.version; });
  }

  std::vector<StreamVersion> actual_versions(const CommitDraft& draft) const {
    auto versions = draft.expect;
    for (auto& version : versions)
      version.version = version_of(version.stream);
    return versions;
  }

  AppendResult accept(CommitDraft& draft) {
    const Position first{draft.events.empty() ? plan_.head.value : plan_.head.value + 1};
    for (auto& event : draft.events) {
      GATEHOUSE_ASSERT(std::ranges::find(draft.expect, event.stream, &StreamVersion::stream) != draft.expect.end());
      add_event(event, first);
    }
    if (!draft.state.empty())
      plan_.state.push_back(&draft.state);
    AppendResult result{AppendStatus::appended, first, {}, {}};
    if (draft.record) {
      auto record = *draft.record;
      record.first = first;
      record.event_count = static_cast<std::uint32_t>(draft.events.size());
      // Its age is counted in the log's time. After a clock was set back that is later than now, and the record must not be born old.
      plan_.log_time = record.recorded_at = std::max(plan_.log_time, record.recorded_at);
      plan_.records[draft.command_id] = record;
      result.record = std::move(record);
    }
    return result;
  }

  void add_event(EventDraft& draft, Position first) {
    PlannedEvent event{{plan_.head.value + 1}, draft.stream, version_of(draft.stream) + 1, std::move(draft.frame)};
    seal_frame(event.frame, event.position, first);
    const auto sealed = parse_frame(event.frame);
    GATEHOUSE_ASSERT(sealed.has_value());
    GATEHOUSE_ASSERT(sealed->envelope.account_id == event.stream);
    GATEHOUSE_ASSERT(sealed->envelope.account_version == event.version);
    const auto recorded_at = sealed->envelope.recorded_at;
    GATEHOUSE_ASSERT(recorded_at >= head_of(event.stream).value_or(StreamHead{}).recorded_at);
    plan_.heads[event.stream] = {event.version, event.position, recorded_at};
    plan_.head = event.position;
    plan_.log_time = std::max(plan_.log_time, recorded_at);
    plan_.events.push_back(std::move(event));
  }

  const LogView& log_;
  GroupPlan plan_;
};

}  // namespace

GroupPlan::Rows GroupPlan::rows() const {
  Rows rows;
  for (const auto* changes : state) {
    for (const auto& [key, value] : *changes)
      rows.insert_or_assign(key, &value);
  }
  return rows;
}

GroupPlan plan_group(std::span<CommitDraft> group, const LogView& log) {
  GroupPlanner planner(log);
  for (auto& draft : group)
    planner.add(draft);
  return planner.take();
}

bool is_expired(Timestamp recorded_at, Timestamp log_time) {
  return log_time.unix_ms - recorded_at.unix_ms > std::chrono::milliseconds(command_retention).count();
}

std::vector<AppendResult> refuse_group(std::size_t drafts, AppendStatus status) {
  return std::vector<AppendResult>(drafts, AppendResult{status, {}, {}, {}});
}

}  // namespace gatehouse
