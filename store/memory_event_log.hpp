// The event log in plain memory, for tests and for histories that are thrown away: the same meanings as the durable one, without the
// durability. Can be told to refuse, so that callers' answers to every outcome can be tested.
#pragma once
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "store/append_listeners.hpp"
#include "store/event_log.hpp"
#include "store/group_plan.hpp"
#include "store/versioned_rows.hpp"

namespace gatehouse {

class MemoryEventLog final : public EventLog {
 public:
  MemoryEventLog();
  MemoryEventLog(const MemoryEventLog&) = delete;
  MemoryEventLog& operator=(const MemoryEventLog&) = delete;
  ~MemoryEventLog() override;

  std::vector<AppendResult> append(std::span<CommitDraft> group) override;
  [[nodiscard]] std::optional<CommandRecord> find_command(const Uuid& command_id) const override;
  [[nodiscard]] EventPage read(Position after, std::size_t events_max) const override;
  [[nodiscard]] EventPage read_stream(const AccountId& stream, std::uint64_t after_version,
                                      std::size_t events_max) const override;
  [[nodiscard]] std::optional<StoredEvent> read_at(Position position) const override;
  [[nodiscard]] Position head() const override;
  [[nodiscard]] std::shared_ptr<const StateSnapshot> state() const override;
  [[nodiscard]] std::string read_only_reason() const override;
  [[nodiscard]] std::unique_ptr<Listener> on_append(std::function<void(Position head)> notify) override;
  void seen(Position position) override;

  // Every later append answers `status` and writes nothing; an empty reason ends it.
  void refuse_appends(AppendStatus status, std::string reason);

 private:
  class View;

  std::optional<AppendStatus> refusal() const;
  void apply(GroupPlan& plan);

  mutable std::mutex mutex_;  // guards everything below but the listeners
  std::vector<std::string> frames_;
  std::map<AccountId, std::vector<Position>> streams_;
  std::map<Uuid, CommandRecord> commands_;
  Timestamp log_time_;
  Position seen_;
  AppendStatus refusal_{};
  std::string refusal_reason_;
  std::shared_ptr<VersionedRows> rows_ = std::make_shared<VersionedRows>();
  std::shared_ptr<VersionedRows> stream_heads_ = std::make_shared<VersionedRows>();
  std::shared_ptr<const StateSnapshot> state_;

  std::mutex append_mutex_;  // one group after the other, listeners included
  AppendListeners listeners_;
};

}  // namespace gatehouse
