// Projection tables in plain memory, for tests and for folds that are thrown away.
#pragma once
#include <map>
#include <memory>
#include <mutex>

#include "store/projection_store.hpp"

namespace gatehouse {

class MemoryProjectionTable;

class MemoryProjectionStore final : public ProjectionStore {
 public:
  [[nodiscard]] std::vector<Generation> list() const override;
  [[nodiscard]] std::shared_ptr<ProjectionTable> find(const ProjectionId& projection,
                                                      GenerationRole role) const override;
  [[nodiscard]] tl::expected<Tables, StoreError> create_all(std::span<const ProjectionId> projections) override;
  using ProjectionStore::activate;
  [[nodiscard]] Outcome activate(ProjectionTable& table, const ProjectionTable* kept) override;
  [[nodiscard]] Outcome drop_all(std::span<ProjectionTable* const> tables) override;
  [[nodiscard]] Outcome write(std::span<const ProjectionWrite> writes) override;
  [[nodiscard]] Outcome write_bulk(const ProjectionWrite& write) override;
  [[nodiscard]] Outcome settle(ProjectionTable&) override { return {}; }
  [[nodiscard]] Outcome load(ProjectionTable& table, Position checkpoint,
                             const std::function<void(const RowSink&)>& produce) override;
  [[nodiscard]] Outcome load_more(ProjectionTable& table, Position checkpoint,
                                  const std::function<void(const ChangeSink&)>& produce) override;

 private:
  struct Projection {
    std::map<std::uint64_t, std::shared_ptr<MemoryProjectionTable>> tables;
    PlacedGenerations placed;
    std::uint64_t newest{};
  };

  mutable std::mutex mutex_;
  std::map<ProjectionId, Projection> projections_;
};

}  // namespace gatehouse
