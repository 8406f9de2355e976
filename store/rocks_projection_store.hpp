// The projection tables in RocksDB: a column family p.<name>.<version>.<generation> for each, its checkpoint in the row that sorts first,
// and in the default family which generations are active and kept.
#pragma once
#include <map>
#include <mutex>

#include "store/projection_store.hpp"
#include "store/rocks_database.hpp"

namespace gatehouse {

class RocksProjectionTable;

class RocksProjectionStore final : public ProjectionStore {
 public:
  // An error: rows that name the tables cannot be read.
  [[nodiscard]] static tl::expected<std::shared_ptr<RocksProjectionStore>, rocksdb::Status>
  open(std::shared_ptr<RocksDatabase> database);

  [[nodiscard]] std::vector<Generation> list() const override;
  [[nodiscard]] std::shared_ptr<ProjectionTable> find(const ProjectionId& projection,
                                                      GenerationRole role) const override;
  [[nodiscard]] tl::expected<ProjectionStore::Tables, StoreError>
  create_all(std::span<const ProjectionId> projections) override;
  using ProjectionStore::activate;
  [[nodiscard]] Outcome activate(ProjectionTable& table, const ProjectionTable* kept) override;
  [[nodiscard]] Outcome drop_all(std::span<ProjectionTable* const> tables) override;
  [[nodiscard]] Outcome write(std::span<const ProjectionWrite> writes) override;
  [[nodiscard]] Outcome write_bulk(const ProjectionWrite& write) override;
  [[nodiscard]] Outcome settle(ProjectionTable& table) override;
  [[nodiscard]] Outcome load(ProjectionTable& table, Position checkpoint,
                             const std::function<void(const RowSink&)>& produce) override;
  [[nodiscard]] Outcome load_more(ProjectionTable& table, Position checkpoint,
                                  const std::function<void(const ChangeSink&)>& produce) override;

 private:
  struct Projection {
    std::map<std::uint64_t, std::shared_ptr<RocksProjectionTable>> tables;
    PlacedGenerations placed;
  };

  explicit RocksProjectionStore(std::shared_ptr<RocksDatabase> database) : database_(std::move(database)) {}
  [[nodiscard]] rocksdb::Status take_tables();
  [[nodiscard]] std::uint64_t next_generation(const ProjectionId& id);
  [[nodiscard]] Outcome outcome(const rocksdb::Status& status) const;
  [[nodiscard]] Outcome writable() const;
  [[nodiscard]] Outcome place(const ProjectionId& id, Projection& projection, PlacedGenerations placed) const;

  std::shared_ptr<RocksDatabase> database_;
  // One at a time; both may take as long as a flush does, and are taken before the other.
  std::mutex creating_mutex_;
  std::mutex settling_mutex_;
  mutable std::mutex mutex_;  // guards projections_
  std::map<ProjectionId, Projection> projections_;
};

}  // namespace gatehouse
