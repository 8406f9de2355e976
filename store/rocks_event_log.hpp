// The event log in RocksDB, for one process and one disk. A group is one synced write of events, state rows, command records and head,
// then the witness, then the answer; readers see a group only after that. The first error of the disk ends appending for good.
//
// Threads: append calls exclude each other; readers never wait for them. Files: see OpenOptions and docs/storage-format.md.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "store/append_listeners.hpp"
#include "store/append_meters.hpp"
#include "store/event_chain.hpp"
#include "store/event_log.hpp"
#include "store/group_plan.hpp"
#include "store/held_files.hpp"
#include "store/open_error.hpp"
#include "store/open_options.hpp"
#include "store/projection_store.hpp"
#include "store/store_figures.hpp"
#include "store/stored_rows.hpp"
#include "store/witness.hpp"

namespace gatehouse {

struct RocksDatabase;
class RocksReader;
class RowCache;
class Scrub;
struct ScrubFile;
class RocksSnapshot;

struct VerifiedLog {
  std::uint64_t events{};
  std::uint64_t streams{};
  LogMark head;
};

class RocksEventLog final : public EventLog {
 public:
  // Checks the tail against chain and witness; the cost is bounded by the WAL, not by the log. Opening again after an error is safe.
  [[nodiscard]] static tl::expected<std::unique_ptr<RocksEventLog>, OpenError> open(const OpenOptions& options);
  // A copy of a log that lies in options.database_dir, read-only, without witness and lock: it must have been at `reached` and go on from there without
  // a gap. Whoever opens it keeps others from changing it.
  [[nodiscard]] static tl::expected<std::unique_ptr<RocksEventLog>, OpenError> open_copy(OpenOptions options,
                                                                                         const LogMark& reached);
  RocksEventLog(const RocksEventLog&) = delete;
  RocksEventLog& operator=(const RocksEventLog&) = delete;
  ~RocksEventLog() override;  // flushes, so that the next start has nothing to replay

  std::vector<AppendResult> append(std::span<CommitDraft> group) override;
  [[nodiscard]] std::optional<CommandRecord> find_command(const Uuid& command_id) const override;
  [[nodiscard]] EventPage read(Position after, std::size_t events_max) const override;
  [[nodiscard]] EventPage read_stream(const AccountId& stream, std::uint64_t after_version,
                                      std::size_t events_max) const override;
  [[nodiscard]] std::optional<StoredEvent> read_at(Position position) const override;
  [[nodiscard]] Position head() const override;
  [[nodiscard]] std::shared_ptr<const StateSnapshot> state() const override;
  [[nodiscard]] std::string read_only_reason() const override;
  // For good, because what has to be written beside it cannot be: as after an error of its own disk.
  void stop_appending(const std::string& reason);
  // It failed because the disk was full, and there is room again: nothing else is wrong, so whoever closes and opens it can append.
  [[nodiscard]] bool would_open_again() const;
  [[nodiscard]] std::unique_ptr<Listener> on_append(std::function<void(Position head)> notify) override;
  void seen(Position position) override;

  [[nodiscard]] LogMark mark() const;  // of the head
  // For copies of its files.
  [[nodiscard]] const RocksDatabase& database() const { return *database_; }

  [[nodiscard]] const AppendMeters& meters() const { return meters_; }
  [[nodiscard]] StoreFigures figures() const;

  // Of which version the state's rows are, as whoever made them said; 1 when nobody did.
  [[nodiscard]] std::uint64_t state_version() const;
  // Durable when it returns true; after false the log takes no further appends.
  [[nodiscard]] bool set_state_version(std::uint64_t version);

  // The tables of the projections, in the same database; they may outlive the log but must not be written after it is gone.
  [[nodiscard]] const std::shared_ptr<ProjectionStore>& projections() const { return projections_; }

  // Reads the whole log: every frame, order, gaps, versions of every stream and their index, the chain up to the witness. The error
  // names the first bad position. `progress` is told now and then how far it came. Of more streams than it holds in memory it reads heads and versions more than once.
  static constexpr std::size_t streams_held_max_default = 1U << 18;  // about 40 MiB
  [[nodiscard]] tl::expected<VerifiedLog, OpenError>
  verify_chain(const std::function<void(Position done, Position head)>& progress,
               std::size_t streams_held_max = streams_held_max_default) const;
  // Of everything that is stored now, the projections' tables included.
  [[nodiscard]] Scrub begin_scrub(std::vector<ScrubFile> others) const;

 private:
  class View;
  // What readers see: one durable group's end.
  struct Published {
    std::shared_ptr<const RocksSnapshot> snapshot;
    std::shared_ptr<const StateSnapshot> state;
    std::shared_ptr<const RocksReader> log, streams, commands;
    stored::LogHead head;
  };

  RocksEventLog(const OpenOptions& options, std::shared_ptr<RocksDatabase> database,
                std::shared_ptr<ProjectionStore> projections, std::optional<Witness> witness,
                const stored::LogHead& head);

  [[nodiscard]] std::optional<AppendStatus> refusal();
  [[nodiscard]] bool make_durable(GroupPlan& plan, const GroupPlan::Rows& rows, stored::LogHead& head);
  // False, and no appends any more, when database or witness are no longer what a start would find.
  [[nodiscard]] bool are_files_in_place() const;
  void put_into_caches(const GroupPlan& plan, const GroupPlan::Rows& rows, std::uint64_t group);
  void publish(const stored::LogHead& head);
  [[nodiscard]] std::shared_ptr<const Published> published() const;

  std::shared_ptr<RocksDatabase> database_;
  std::shared_ptr<ProjectionStore> projections_;
  std::shared_ptr<RowCache> state_cache_, heads_cache_;
  mutable DiskReserve reserve_;
  HeldFiles held_files_;
  AppendListeners listeners_;
  std::atomic<std::uint64_t> seen_{};
  AppendMeters meters_;

  std::mutex append_mutex_;         // guards the members below
  std::optional<Witness> witness_;  // none only when opened read-only and empty
  EventChain chain_;
  std::uint64_t first_group_row_{};

  mutable std::mutex published_mutex_;  // held for a copy of the pointer only
  std::shared_ptr<const Published> published_;
};

}  // namespace gatehouse
