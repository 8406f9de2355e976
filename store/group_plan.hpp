// Decides what one append group will write, the same way for every backend: which drafts are duplicates, misuse or conflicts, each seeing
// what the earlier ones of the group leave behind, and the positions, frames and heads of those that are accepted. Touches no storage.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/event_log.hpp"

namespace gatehouse {

// The log as the group finds it.
class LogView {
 public:
  virtual ~LogView() = default;
  [[nodiscard]] virtual Position head() const = 0;
  [[nodiscard]] virtual Timestamp log_time() const = 0;
  [[nodiscard]] virtual std::optional<StreamHead> stream_head(const AccountId& stream) const = 0;
  [[nodiscard]] virtual std::optional<CommandRecord> find_command(const Uuid& command_id) const = 0;
};

struct PlannedEvent {
  Position position;
  AccountId stream;
  std::uint64_t version{};
  std::string frame;  // sealed
};

struct GroupPlan {
  std::vector<AppendResult> results;  // as they are once the group is durable
  std::vector<PlannedEvent> events;
  std::map<AccountId, StreamHead> heads;
  std::map<Uuid, CommandRecord> records;
  std::vector<const OverlayTable::Changes*> state;  // point into the drafts; later ones win
  Position head;
  Timestamp log_time;  // the latest recorded_at that the log has seen

  // Each row that the group changes, as it leaves it; none: erased.
  using Rows = std::map<std::string_view, const std::optional<std::string>*>;
  [[nodiscard]] Rows rows() const;

  [[nodiscard]] bool writes_nothing() const { return events.empty() && records.empty() && state.empty(); }
};

// Moves the frames out of the accepted drafts. A frame that does not fit its draft (stream, version, time going back) is a bug of the
// caller and fails an assertion.
[[nodiscard]] GroupPlan plan_group(std::span<CommitDraft> group, const LogView& log);

// Records are forgotten by log time, never by the wall clock: every backend and every replay then agrees on what a retry meets.
[[nodiscard]] bool is_expired(Timestamp recorded_at, Timestamp log_time);

// One status for every draft of a group.
[[nodiscard]] std::vector<AppendResult> refuse_group(std::size_t drafts, AppendStatus status);

}  // namespace gatehouse
