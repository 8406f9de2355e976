// The event log as a port: what an embedded backend (RocksDB, memory) and a replicated one can both honour. It stores commits (the events of
// one command) in order, and atomically with them the state rows that decisions read and the outcome of the command.
//
// Durability: an append that answers `appended` survives a power cut. Order: events of one account are gap-free in account_version, all events
// are ordered by position; positions are opaque. Nothing above may assume that this process is the only one that appends: a draft names the
// versions of the streams it was decided on, and every outcome but `appended` and `duplicate` means that it must decide again or give up.
// Threads: every member may be called from any thread.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/envelope.hpp"
#include "events/ids.hpp"
#include "table/overlay_table.hpp"
#include "table/table.hpp"

namespace gatehouse {

// Optimistic concurrency: the stream must be at exactly this account_version; 0 = it must not exist yet.
struct StreamVersion {
  AccountId stream;
  std::uint64_t version{};
  bool operator==(const StreamVersion&) const = default;
};

struct EventDraft {
  AccountId stream;
  std::string frame;  // from draft_frame(); account_version already counted on from the expected version
};

using Digest = std::array<std::uint8_t, 32>;

// What the log remembers of a command that was sent with an idempotency key, for at least command_retention.
struct CommandRecord {
  Digest request_digest{};
  Position first;                 // assigned by the log: of the first event; with no events, of the last one before them
  std::uint32_t event_count{};
  std::uint64_t account_version{};
  Timestamp recorded_at;
  std::string result;  // opaque to the log
};
inline constexpr std::chrono::hours command_retention{48};

// One command's outcome, appended all or none. A draft may hold no events (only a command record and state).
struct CommitDraft {
  Uuid command_id;
  std::vector<StreamVersion> expect;  // every stream the events belong to
  std::vector<EventDraft> events;
  OverlayTable::Changes state;          // rows that decisions read, as they are after these events
  std::optional<CommandRecord> record;  // set: remember the outcome under command_id, refuse a second one
};

enum class AppendStatus : std::uint8_t {
  appended,     // durable and ordered
  duplicate,    // this command id is already recorded; nothing written; `record` is the first one's
  misuse,       // same command id, other request digest; nothing written
  conflict,     // an expectation failed, nothing written; `actual` has the real versions
  not_owner,    // another node owns the account now; nothing written
  regressed,    // the log is behind what was already seen; nothing written; stop, page a human
  unavailable,  // certainly nothing written: read-only, no space, no connection
  unknown       // may or may not be in the log; only a repetition with the same command id tells
};

struct AppendResult {
  AppendStatus status{};
  Position first;                     // as in CommandRecord
  std::vector<StreamVersion> actual;  // for conflict
  std::optional<CommandRecord> record;
};

struct StoredEvent {
  Position position;
  std::string frame;
};

struct EventPage {
  std::vector<StoredEvent> events;
  Position next;  // pass as `after` to go on
  bool at_end{};
};

// A page never holds more than this, whatever the caller asks for, but always one event if there is any.
inline constexpr std::size_t page_events_max = 10'000;
inline constexpr std::size_t page_bytes_max = 8U << 20;
[[nodiscard]] constexpr bool page_is_full(std::size_t events, std::size_t bytes, std::size_t events_max) {
  return events > 0 && (events >= std::min(events_max, page_events_max) || bytes >= page_bytes_max);
}

struct StreamHead {
  std::uint64_t version{};
  Position position;  // of its last event
  Timestamp recorded_at;
};

// The state rows as they were at one head, for reading by key; holds them still as long as it lives (keep it briefly).
class StateSnapshot : public TableReader {
 public:
  [[nodiscard]] virtual Position head() const = 0;
  [[nodiscard]] virtual std::optional<StreamHead> stream_head(const AccountId& stream) const = 0;
};

inline constexpr std::string_view disk_full_reason = "disk_full";  // passes by itself when space returns
inline constexpr std::string_view regressed_reason = "regressed";
inline constexpr std::string_view failed_reason = "failed";  // for good: an I/O error whose outcome only a restart can tell
inline constexpr std::string_view opened_read_only_reason = "opened_read_only";

class EventLog {
 public:
  virtual ~EventLog() = default;

  // One group: the drafts in order, made durable together. Each draft sees the versions that the earlier ones of the group leave behind;
  // a draft that fails does not stop the others. Results in the order of the drafts. After `unknown` the log appends no more.
  virtual std::vector<AppendResult> append(std::span<CommitDraft> group) = 0;

  // Definitive: what became of a command that was sent with a key.
  [[nodiscard]] virtual std::optional<CommandRecord> find_command(const Uuid& command_id) const = 0;

  // Up to `events_max` events after `after`, ascending and without gaps (at least one if there is any).
  [[nodiscard]] virtual EventPage read(Position after, std::size_t events_max) const = 0;
  // Goes on with the account_version of the page's last event.
  [[nodiscard]] virtual EventPage read_stream(const AccountId& stream, std::uint64_t after_version, std::size_t events_max) const = 0;
  [[nodiscard]] virtual std::optional<StoredEvent> read_at(Position position) const = 0;

  [[nodiscard]] virtual Position head() const = 0;  // last durable event
  [[nodiscard]] virtual std::shared_ptr<const StateSnapshot> state() const = 0;  // at the last durable commit
  [[nodiscard]] std::optional<StreamHead> stream_head(const AccountId& stream) const { return state()->stream_head(stream); }

  // Why appends are refused now (one of the reasons below, with details after a colon), or empty.
  [[nodiscard]] virtual std::string read_only_reason() const = 0;

  // Called after each append group that became durable, on the appending thread; must be quick. Removed by destroying the handle.
  class Listener {
   public:
    virtual ~Listener() = default;
  };
  [[nodiscard]] virtual std::unique_ptr<Listener> on_append(std::function<void(Position head)> notify) = 0;

  // A reader reports what it has already seen: the fence against a log that came back with less than it had (`regressed`).
  virtual void seen(Position position) = 0;
};

}  // namespace gatehouse
