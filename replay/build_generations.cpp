#include "replay/build_generations.hpp"

#include <algorithm>
#include <future>
#include <span>
#include <utility>

#include "replay/apply_events.hpp"
#include "replay/event_reader.hpp"
#include "replay/fold_table.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t events_per_step = 4'000;

class Building {
 public:
  Building(ProjectionStore& store, BuildTarget target)
      : store_(store), projection_(std::move(target.projection)), until_(target.until) {
    auto created = store_.create(id_of(*projection_));
    if (created) table_ = std::move(*created);
    else fail({{}, {}, created.error().detail});
  }

  [[nodiscard]] bool going() const { return !failure_; }
  [[nodiscard]] std::size_t memory_bytes() const { return rows_.memory_bytes(); }

  void apply(std::span<const RecordedEvent> events) {
    if (until_) {
      const auto end = std::ranges::upper_bound(events, *until_, {}, [](const auto& event) { return event.envelope.position; });
      events = {events.begin(), end};
    }
    if (auto failure = apply_events(*projection_, rows_, events)) fail(std::move(*failure));
  }

  // Writes what is in memory, to go on with less of it.
  void spill(Position at) {
    const auto changes = rows_.changes();
    const auto written = store_.write_bulk({table_.get(), &changes, checkpoint(at)});
    if (!written) return fail({{}, {}, written.error().detail});
    rows_.rebase(table_->snapshot());
  }

  void finish(Position at) {
    if (rows_.has_base()) return spill(at);
    const auto loaded = store_.load(*table_, checkpoint(at), [this](const ProjectionStore::RowSink& sink) {
      rows_.visit_changes([&](std::string_view key, const std::optional<std::string>& value) { sink(key, *value); });
    });
    if (!loaded) fail({{}, {}, loaded.error().detail});
  }

  void fail(FoldFailure failure) {
    failure_ = std::move(failure);
    rows_.rebase(nullptr);
  }

  [[nodiscard]] BuiltGeneration take() {
    rows_.rebase(nullptr);
    if (!failure_) return {std::move(projection_), std::move(table_), std::nullopt};
    // The failure that is told is the one that came first.
    if (table_) (void)store_.drop(*table_);
    return {std::move(projection_), nullptr, std::move(failure_)};
  }

 private:
  [[nodiscard]] Position checkpoint(Position at) const { return std::min(at, until_.value_or(at)); }

  ProjectionStore& store_;
  std::shared_ptr<const Projection> projection_;
  std::optional<Position> until_;
  std::shared_ptr<ProjectionTable> table_;
  FoldTable rows_;
  std::optional<FoldFailure> failure_;
};

// Runs the jobs side by side, each in a thread of its own: a job costs far more than its thread.
template <class Job>
void run_each(const std::vector<Building*>& buildings, const Job& job) {
  std::vector<std::future<void>> running;
  for (auto* building : buildings) running.push_back(std::async(std::launch::async, [&job, building] { job(*building); }));
  for (auto& one : running) one.get();
}

class Build {
 public:
  Build(const EventLog& log, ProjectionStore& store, const std::vector<BuildTarget>& targets, const BuildOptions& options)
      : log_(log), options_(options) {
    const auto head = log.head();
    for (const auto& target : targets) {
      end_ = std::max(end_, target.until.value_or(head));
      buildings_.push_back(std::make_unique<Building>(store, target));
    }
  }

  std::vector<BuiltGeneration> run() {
    Position at;
    auto next = read_after(at);
    while (at < end_ && any_going()) {
      const auto batch = next.get();
      if (is_cancelled()) {
        fail_all({at, {}, "cancelled"});
        break;
      }
      if (!batch) {
        fail_all(failure_of(batch.error()));
        break;
      }
      at = batch->next;
      if (at < end_) next = read_after(at);
      run_each(going(), [&batch](Building& building) { building.apply(batch->events); });
      keep_within_memory(at);
      report(at, std::max(at, end_));
    }
    run_each(going(), [at](Building& building) { building.finish(at); });
    std::vector<BuiltGeneration> built;
    for (auto& building : buildings_) built.push_back(building->take());
    return built;
  }

 private:
  // Read and decoded while what came before is being folded.
  [[nodiscard]] std::future<tl::expected<EventBatch, UnreadableEvent>> read_after(Position at) const {
    return std::async(std::launch::async, [this, at] { return read_events(log_, at, events_per_step); });
  }

  [[nodiscard]] std::vector<Building*> going() const {
    std::vector<Building*> going;
    for (const auto& building : buildings_) {
      if (building->going()) going.push_back(building.get());
    }
    return going;
  }
  [[nodiscard]] bool any_going() const { return !going().empty(); }
  [[nodiscard]] bool is_cancelled() const { return options_.cancelled != nullptr && options_.cancelled->load(); }

  void fail_all(const FoldFailure& failure) {
    for (auto* building : going()) building->fail(failure);
  }

  // The largest go first: few large writes cost less than many small ones.
  void keep_within_memory(Position at) {
    auto held = going();
    std::size_t bytes = 0;
    for (const auto* building : held) bytes += building->memory_bytes();
    std::ranges::sort(held, std::greater(), &Building::memory_bytes);
    for (auto* building : held) {
      if (bytes <= options_.memory_bytes_max) return;
      bytes -= building->memory_bytes();
      building->spill(at);
    }
  }

  void report(Position done, Position total) const {
    if (!options_.progress) return;
    const auto elapsed = std::chrono::steady_clock::now() - began_;
    options_.progress({done.value, total.value, std::chrono::duration_cast<std::chrono::milliseconds>(elapsed)});
  }

  const EventLog& log_;
  const BuildOptions& options_;
  Position end_;  // of what is to be read, at least
  std::vector<std::unique_ptr<Building>> buildings_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace

std::vector<BuiltGeneration> build_generations(const EventLog& log, ProjectionStore& store,
                                               const std::vector<BuildTarget>& targets, const BuildOptions& options) {
  return Build(log, store, targets, options).run();
}

std::vector<BuiltGeneration> build_generations(const EventLog& log, ProjectionStore& store,
                                               const ProjectionSet& projections, const BuildOptions& options) {
  std::vector<BuildTarget> targets;
  for (const auto& projection : projections) targets.push_back({projection, std::nullopt});
  return build_generations(log, store, targets, options);
}

ProjectionId id_of(const Projection& projection) { return {std::string(projection.name()), projection.version()}; }

ProjectionStore::Outcome put_in_place(ProjectionStore& store, ProjectionTable& table) {
  if (store.find(table.projection(), GenerationRole::active).get() != &table) {
    if (auto done = store.activate(table); !done) return done;
  }
  for (const auto& [other, role] : store.list()) {
    const bool replaced = other->projection().name == table.projection().name && other.get() != &table;
    if (!replaced) continue;
    if (auto done = store.drop(*other); !done) return done;
  }
  return {};
}

}  // namespace gatehouse
