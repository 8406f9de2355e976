// One generation in the making: the fold of one projection from nothing, in memory as long as that lasts, then as a table. One thread at a time.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <span>

#include "replay/build_generations.hpp"
#include "replay/fold_table.hpp"

namespace gatehouse {

class Building {
 public:
  // All outlive it.
  Building(ProjectionStore& store, BuildTarget target, const BuildOptions& options);

  // In a table that is empty; without one it has failed.
  void begin(tl::expected<std::shared_ptr<ProjectionTable>, StoreError> created);
  [[nodiscard]] bool going() const { return !failure_ && !begins_again_ && !is_finished_; }
  [[nodiscard]] bool is_cancelled() const { return target_.cancelled != nullptr && target_.cancelled->load(); }
  [[nodiscard]] std::size_t memory_bytes() const { return rows_.memory_bytes(); }

  void apply(std::span<const RecordedEvent> events);
  // After some of the events, when all are `times` as many.
  void make_room(double times) { rows_.make_room(times, options_.memory_bytes_max); }
  // After a pass in which an event failed. False: none did.
  [[nodiscard]] bool begin_again();
  // Writes what is in memory, to go on with less of it.
  void spill(Position at);
  void finish(Position at);
  // Makes what finish has written durable.
  void settle();
  void fail(FoldFailure failure);
  [[nodiscard]] BuiltGeneration take();

 private:
  void apply_carefully(std::span<const RecordedEvent> events);
  [[nodiscard]] ParkedStream another_attempt(const RecordedEvent& event, const FoldFailure& failure) const;
  [[nodiscard]] bool is_skipped(Position position) const;
  void load(Position at);
  void note(Position at);
  [[nodiscard]] Position checkpoint(Position at) const { return std::min(at, target_.until.value_or(at)); }

  ProjectionStore& store_;
  BuildTarget target_;
  const BuildOptions& options_;
  bool is_careful_;
  bool begins_again_{};
  bool is_finished_{};
  std::shared_ptr<ProjectionTable> table_;
  FoldTable rows_;
  std::map<AccountId, ParkedStream> parked_;
  std::map<AccountId, std::uint64_t> held_back_;  // by which version on
  std::optional<FoldFailure> failure_;
  std::unordered_set<std::size_t> keys_of_parked_;
};

}  // namespace gatehouse
