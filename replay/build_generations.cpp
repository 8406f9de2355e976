#include "replay/build_generations.hpp"

#include <algorithm>
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
  Building(ProjectionStore& store, std::shared_ptr<const Projection> projection)
      : store_(store), projection_(std::move(projection)) {
    auto created = store_.create(id_of(*projection_));
    if (created) table_ = std::move(*created);
    else fail({{}, {}, created.error().detail});
  }

  [[nodiscard]] bool going() const { return !failure_; }
  [[nodiscard]] std::size_t memory_bytes() const { return rows_.memory_bytes(); }

  void apply(const std::vector<RecordedEvent>& events) {
    if (auto failure = apply_events(*projection_, rows_, events)) fail(std::move(*failure));
  }

  // Writes what is in memory, to go on with less of it.
  void spill(Position checkpoint) {
    const auto changes = rows_.changes();
    const auto written = store_.write_bulk({table_.get(), &changes, checkpoint});
    if (!written) return fail({{}, {}, written.error().detail});
    rows_.rebase(table_->snapshot());
  }

  void finish(Position checkpoint) {
    if (rows_.has_base()) return spill(checkpoint);
    const auto loaded = store_.load(*table_, checkpoint, [this](const ProjectionStore::RowSink& sink) {
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
  ProjectionStore& store_;
  std::shared_ptr<const Projection> projection_;
  std::shared_ptr<ProjectionTable> table_;
  FoldTable rows_;
  std::optional<FoldFailure> failure_;
};

class Build {
 public:
  Build(const EventLog& log, ProjectionStore& store, const ProjectionSet& projections, const BuildOptions& options)
      : log_(log), options_(options) {
    for (const auto& projection : projections) buildings_.push_back(std::make_unique<Building>(store, projection));
  }

  std::vector<BuiltGeneration> run() {
    const auto head = log_.head();
    Position at;
    while (at < head && any_going()) {
      if (is_cancelled()) {
        fail_all({at, {}, "cancelled"});
        break;
      }
      const auto batch = read_events(log_, at, events_per_step);
      if (!batch) {
        fail_all(failure_of(batch.error()));
        break;
      }
      at = batch->next;
      for (auto* building : going()) building->apply(batch->events);
      keep_within_memory(at);
      report(at, std::max(at, head));
    }
    for (auto* building : going()) building->finish(at);
    std::vector<BuiltGeneration> built;
    for (auto& building : buildings_) built.push_back(building->take());
    return built;
  }

 private:
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
  std::vector<std::unique_ptr<Building>> buildings_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace

std::vector<BuiltGeneration> build_generations(const EventLog& log, ProjectionStore& store,
                                               const ProjectionSet& projections, const BuildOptions& options) {
  return Build(log, store, projections, options).run();
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
