// One generation of a projection that is brought forward, page by page: what each page makes of its rows, and which streams it holds back because
// one of their events failed. An event of an account that fails parks that account's stream; one of the log's own streams concerns everybody, and the
// generation stops there. One thread.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "projections/projection.hpp"
#include "replay/parked_stream.hpp"
#include "store/event_log.hpp"
#include "store/projection_store.hpp"

namespace gatehouse {

// What is to be written; the generation has it once it is told so.
struct FoldStep {
  OverlayTable::Changes rows;
  OverlayTable::Changes notes;
  Position checkpoint;
  std::uint64_t events{};
  std::vector<ParkedStream> parked;    // now, or again
  std::vector<AccountId> released;     // no longer parked
  std::optional<FoldFailure> stopped;  // nothing goes on behind the checkpoint
};

// Whether a stream that was held back can go on in rows that have taken the others. Nothing was taken behind an event of the log's own.
[[nodiscard]] bool can_take_later(const Projection& projection, const AccountId& stream);

class LiveGeneration {
 public:
  // Tries again what is parked, where it can: a restart may have brought a program that is mended.
  LiveGeneration(std::shared_ptr<const Projection> projection, std::shared_ptr<ProjectionTable> table);

  [[nodiscard]] const std::shared_ptr<ProjectionTable>& table() const { return table_; }
  [[nodiscard]] Position checkpoint() const { return checkpoint_; }
  [[nodiscard]] const std::optional<FoldFailure>& stopped() const { return stopped_; }
  void stop(FoldFailure failure) { stopped_ = std::move(failure); }

  // `events` begin right behind the checkpoint, or before it.
  [[nodiscard]] FoldStep fold(std::span<const RecordedEvent> events, Timestamp now) const;
  // The next page of a parked stream that is to be taken again; none when there is no such stream.
  [[nodiscard]] std::optional<FoldStep> fold_parked(const EventLog& log, std::size_t events_max, Timestamp now) const;
  // The step is written.
  void take(const FoldStep& step);

  [[nodiscard]] std::vector<ParkedStream> parked() const;
  [[nodiscard]] const ParkedStream* find_parked(const AccountId& stream) const;
  // Takes it again from where it failed. False: it is not parked.
  [[nodiscard]] bool retry(const AccountId& stream);
  [[nodiscard]] bool has_skipped(Position position) const { return skipped_.contains(position); }
  // For the write that lets the stream go on without the event that failed; then retry.
  [[nodiscard]] FoldStep skip(const SkippedEvent& skipped) const;

 private:
  struct Held {
    ParkedStream parked;
    bool retrying{};
  };
  class Folding;

  [[nodiscard]] bool is_held(const RecordedEvent& event) const;

  std::shared_ptr<const Projection> projection_;
  std::shared_ptr<ProjectionTable> table_;
  Position checkpoint_;
  std::map<AccountId, Held> held_;
  std::map<Position, SkippedEvent> skipped_;
  std::optional<FoldFailure> stopped_;
};

}  // namespace gatehouse
