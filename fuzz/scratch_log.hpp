// An event log on top of another one that is never changed: what is appended is planned and checked as by every backend, and forgotten by clear().
// One thread; at most one snapshot of its state is read at a time, and none across an append.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/event_log.hpp"
#include "store/group_plan.hpp"

namespace gatehouse::fuzz {

class ScratchLog final : public EventLog {
 public:
  // `base` must outlive the log.
  explicit ScratchLog(const EventLog& base);

  void clear();
  // What was appended since: the frames, and the rows that are not as they are in the base.
  [[nodiscard]] const std::vector<StoredEvent>& added() const { return added_; }
  [[nodiscard]] const OverlayTable::Changes& changes() const { return rows_.changes(); }

  std::vector<AppendResult> append(std::span<CommitDraft> group) override;
  [[nodiscard]] std::optional<CommandRecord> find_command(const Uuid& command_id) const override;
  [[nodiscard]] EventPage read(Position after, std::size_t events_max) const override;
  [[nodiscard]] EventPage read_stream(const AccountId& stream, std::uint64_t after_version, std::size_t events_max) const override;
  [[nodiscard]] std::optional<StoredEvent> read_at(Position position) const override;
  [[nodiscard]] Position head() const override;
  [[nodiscard]] std::shared_ptr<const StateSnapshot> state() const override;
  [[nodiscard]] std::string read_only_reason() const override { return {}; }
  [[nodiscard]] std::unique_ptr<Listener> on_append(std::function<void(Position head)> notify) override;
  void seen(Position) override {}

 private:
  class View;
  class Snapshot;

  const EventLog& base_;
  std::shared_ptr<const StateSnapshot> base_rows_;
  OverlayTable rows_;
  std::vector<StoredEvent> added_;
  std::map<AccountId, StreamHead> heads_;
  std::map<Uuid, CommandRecord> records_;
};

}  // namespace gatehouse::fuzz
