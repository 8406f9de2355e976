#include "store/memory_projection_store.hpp"

#include <utility>

#include "store/versioned_rows.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

class MemoryProjectionSnapshot final : public ProjectionSnapshot {
 public:
  MemoryProjectionSnapshot(std::shared_ptr<VersionedRows> rows, Position checkpoint, Notes notes)
      : rows_(std::move(rows)), checkpoint_(checkpoint), notes_(std::move(notes)) {}
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override { return rows_.get(key); }
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override {
    rows_.scan(prefix, from, visit);
  }
  [[nodiscard]] Position checkpoint() const override { return checkpoint_; }
  [[nodiscard]] Notes notes() const override { return notes_; }

 private:
  VersionedRows::Snapshot rows_;
  Position checkpoint_;
  Notes notes_;
};

}  // namespace

class MemoryProjectionTable final : public ProjectionTable {
 public:
  MemoryProjectionTable(ProjectionId projection, std::uint64_t generation)
      : projection_(std::move(projection)), generation_(generation) {
    apply({}, {}, nullptr);
  }
  [[nodiscard]] const ProjectionId& projection() const override { return projection_; }
  [[nodiscard]] std::uint64_t generation() const override { return generation_; }
  [[nodiscard]] std::shared_ptr<const ProjectionSnapshot> snapshot() const override {
    const std::lock_guard lock(mutex_);
    return published_;
  }
  void apply(const OverlayTable::Changes& changes, Position checkpoint, const OverlayTable::Changes* notes) {
    for (const auto& [key, value] : changes)
      GATEHOUSE_ASSERT(!key.empty() && key.front() != '\0');
    const auto* all = &changes;
    const std::lock_guard lock(mutex_);
    rows_->apply({&all, 1});
    auto kept = published_ ? published_->notes() : ProjectionSnapshot::Notes();
    for (const auto& [key, value] : notes != nullptr ? *notes : OverlayTable::Changes()) {
      if (value)
        kept.insert_or_assign(key, *value);
      else
        kept.erase(key);
    }
    published_ = std::make_shared<MemoryProjectionSnapshot>(rows_, checkpoint, std::move(kept));
  }

 private:
  ProjectionId projection_;
  std::uint64_t generation_;
  std::shared_ptr<VersionedRows> rows_ = std::make_shared<VersionedRows>();
  mutable std::mutex mutex_;
  std::shared_ptr<const ProjectionSnapshot> published_;
};

std::vector<Generation> MemoryProjectionStore::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<Generation> generations;
  for (const auto& [id, projection] : projections_) {
    for (const auto& [number, table] : projection.tables)
      generations.push_back({table, projection.placed.role_of(number)});
  }
  return generations;
}

std::shared_ptr<ProjectionTable> MemoryProjectionStore::find(const ProjectionId& id, GenerationRole role) const {
  std::shared_ptr<ProjectionTable> found;
  for (const auto& generation : list()) {
    if (generation.table->projection() == id && generation.role == role)
      found = generation.table;
  }
  return found;
}

tl::expected<ProjectionStore::Tables, StoreError>
MemoryProjectionStore::create_all(std::span<const ProjectionId> projections) {
  const std::lock_guard lock(mutex_);
  Tables made;
  for (const auto& id : projections) {
    auto& projection = projections_[id];
    const auto number = ++projection.newest;
    made.push_back(projection.tables[number] = std::make_shared<MemoryProjectionTable>(id, number));
  }
  return made;
}

ProjectionStore::Outcome MemoryProjectionStore::activate(ProjectionTable& table, const ProjectionTable* kept) {
  const std::lock_guard lock(mutex_);
  GATEHOUSE_ASSERT(kept == nullptr || (kept != &table && kept->projection() == table.projection()));
  projections_[table.projection()].placed = {table.generation(), kept != nullptr ? kept->generation() : 0};
  return {};
}

ProjectionStore::Outcome MemoryProjectionStore::drop_all(std::span<ProjectionTable* const> tables) {
  const std::lock_guard lock(mutex_);
  for (const auto* table : tables) {
    auto& projection = projections_[table->projection()];
    for (auto* placed : {&projection.placed.active, &projection.placed.kept}) {
      if (*placed == table->generation())
        *placed = 0;
    }
    projection.tables.erase(table->generation());
  }
  return {};
}

ProjectionStore::Outcome MemoryProjectionStore::write(std::span<const ProjectionWrite> writes) {
  for (const auto& write : writes)
    dynamic_cast<MemoryProjectionTable&>(*write.table).apply(*write.changes, write.checkpoint, write.notes);
  return {};
}

ProjectionStore::Outcome MemoryProjectionStore::write_bulk(const ProjectionWrite& one) { return write({&one, 1}); }

ProjectionStore::Outcome MemoryProjectionStore::load(ProjectionTable& table, Position checkpoint,
                                                     const std::function<void(const RowSink&)>& produce) {
  OverlayTable::Changes rows;
  produce([&](std::string_view key, std::string_view value) {
    GATEHOUSE_ASSERT(rows.empty() || rows.rbegin()->first < key);
    rows.emplace_hint(rows.end(), key, value);
  });
  dynamic_cast<MemoryProjectionTable&>(table).apply(rows, checkpoint, nullptr);
  return {};
}

ProjectionStore::Outcome MemoryProjectionStore::load_more(ProjectionTable& table, Position checkpoint,
                                                          const std::function<void(const ChangeSink&)>& produce) {
  OverlayTable::Changes changes;
  produce([&](std::string_view key, std::optional<std::string_view> value) {
    GATEHOUSE_ASSERT(changes.empty() || changes.rbegin()->first < key);
    changes.emplace_hint(changes.end(), key, value);
  });
  dynamic_cast<MemoryProjectionTable&>(table).apply(changes, checkpoint, nullptr);
  return {};
}

}  // namespace gatehouse
