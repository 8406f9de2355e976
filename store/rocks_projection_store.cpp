#include "store/rocks_projection_store.hpp"

#include <utility>

#include "store/rocks_projection_table.hpp"
#include "store/stored_rows.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

RocksProjectionTable& own(ProjectionTable& table) { return dynamic_cast<RocksProjectionTable&>(table); }

rocksdb::Status add_rows(rocksdb::WriteBatch& batch, const ProjectionWrite& write) {
  auto* handle = own(*write.table).family().handle();
  auto status = batch.Put(handle, as_slice(checkpoint_key), stored::encode(write.checkpoint));
  for (const auto& [key, value] : *write.changes) {
    GATEHOUSE_ASSERT(!key.empty() && key.front() != '\0');
    if (status.ok())
      status = value ? batch.Put(handle, key, *value) : batch.Delete(handle, key);
  }
  return status;
}

}  // namespace

RocksProjectionStore::RocksProjectionStore(std::shared_ptr<RocksDatabase> database) : database_(std::move(database)) {
  const auto snapshot = database_->snapshot();
  const RocksReader meta(database_->meta, snapshot);
  for (auto& [name, family] : database_->projections) {
    const auto parts = read_family_name(name);
    if (!parts)
      continue;
    // A load that a crash cut short.
    if (RocksReader(family, snapshot).get(loading_key)) {
      if (!database_->read_only)
        static_cast<void>(outcome(database_->db->DropColumnFamily(family->handle())));
      continue;
    }
    auto& projection = projections_[parts->projection];
    const auto active = meta.get(active_key(parts->projection));
    projection.active = active ? stored::read_number(*active).value_or(0) : 0;
    auto table = std::make_shared<RocksProjectionTable>(parts->projection, parts->generation, std::move(family));
    table->publish(snapshot);
    projection.tables.emplace(parts->generation, std::move(table));
  }
  database_->projections.clear();
}

std::vector<Generation> RocksProjectionStore::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<Generation> generations;
  for (const auto& [id, projection] : projections_) {
    for (const auto& [number, table] : projection.tables)
      generations.push_back({table, role_of(number, projection.active)});
  }
  return generations;
}

std::shared_ptr<ProjectionTable> RocksProjectionStore::find(const ProjectionId& id, GenerationRole role) const {
  const std::lock_guard lock(mutex_);
  const auto projection = projections_.find(id);
  if (projection == projections_.end())
    return nullptr;
  const auto& [tables, active] = projection->second;
  for (auto table = tables.rbegin(); table != tables.rend(); ++table) {
    if (role_of(table->first, active) == role)
      return table->second;
  }
  return nullptr;
}

tl::expected<std::shared_ptr<ProjectionTable>, StoreError> RocksProjectionStore::create(const ProjectionId& id) {
  if (auto refused = writable(); !refused)
    return tl::unexpected(refused.error());
  const std::lock_guard lock(mutex_);
  auto& projection = projections_[id];
  const auto newest = projection.tables.empty() ? 0 : projection.tables.rbegin()->first;
  const auto number = std::max(newest, projection.active) + 1;
  const auto name = family_name(id, number);
  rocksdb::ColumnFamilyHandle* handle = nullptr;
  if (auto done = outcome(database_->db->CreateColumnFamily(database_->options->family(name), name, &handle)); !done) {
    return tl::unexpected(done.error());
  }
  auto table = std::make_shared<RocksProjectionTable>(id, number, std::make_shared<RocksFamily>(database_->db, handle));
  table->publish(database_->snapshot());
  projection.tables.emplace(number, table);
  return table;
}

ProjectionStore::Outcome RocksProjectionStore::activate(ProjectionTable& table) {
  if (auto refused = writable(); !refused)
    return refused;
  if (auto done = settle_bulk(own(table)); !done)
    return done;
  const std::lock_guard lock(mutex_);
  auto& projection = projections_[table.projection()];
  GATEHOUSE_ASSERT(table.generation() >= projection.active);
  rocksdb::WriteOptions synced;  // and with it what the WAL has of the table
  synced.sync = true;
  auto done = outcome(database_->db->Put(synced, database_->meta->handle(), active_key(table.projection()),
                                         stored::encode(table.generation())));
  if (done)
    projection.active = table.generation();
  return done;
}

ProjectionStore::Outcome RocksProjectionStore::drop(ProjectionTable& table) {
  if (auto refused = writable(); !refused)
    return refused;
  const std::lock_guard lock(mutex_);
  auto& projection = projections_[table.projection()];
  if (projection.active == table.generation()) {
    rocksdb::WriteOptions synced;
    synced.sync = true;
    if (auto done = outcome(database_->db->Delete(synced, database_->meta->handle(), active_key(table.projection())));
        !done)
      return done;
    projection.active = 0;
  }
  auto done = outcome(database_->db->DropColumnFamily(own(table).family().handle()));
  if (done)
    projection.tables.erase(table.generation());
  return done;
}

ProjectionStore::Outcome RocksProjectionStore::write(std::span<const ProjectionWrite> writes) {
  if (auto refused = writable(); !refused)
    return refused;
  rocksdb::WriteBatch batch;
  for (const auto& write : writes) {
    // Rows in the WAL on top of rows that a crash would take away: never.
    if (auto done = settle_bulk(own(*write.table)); !done)
      return done;
    if (auto done = outcome(add_rows(batch, write)); !done)
      return done;
  }
  if (auto done = outcome(database_->db->Write(rocksdb::WriteOptions(), &batch)); !done)
    return done;
  const auto snapshot = database_->snapshot();
  for (const auto& write : writes)
    own(*write.table).publish(snapshot);
  return {};
}

ProjectionStore::Outcome RocksProjectionStore::write_bulk(const ProjectionWrite& write) {
  if (auto refused = writable(); !refused)
    return refused;
  rocksdb::WriteBatch batch;
  if (auto done = outcome(add_rows(batch, write)); !done)
    return done;
  rocksdb::WriteOptions unlogged;
  unlogged.disableWAL = true;
  auto& table = own(*write.table);
  table.has_bulk_rows = true;
  auto done = outcome(database_->db->Write(unlogged, &batch));
  if (done)
    table.publish(database_->snapshot());
  return done;
}

ProjectionStore::Outcome RocksProjectionStore::settle_bulk(RocksProjectionTable& table) const {
  if (!table.has_bulk_rows)
    return {};
  auto done = outcome(database_->db->Flush(rocksdb::FlushOptions(), table.family().handle()));
  if (done)
    table.has_bulk_rows = false;
  return done;
}

ProjectionStore::Outcome RocksProjectionStore::outcome(const rocksdb::Status& status) const {
  if (status.ok())
    return {};
  database_->health->fail(status.ToString());
  return tl::unexpected(StoreError{status.ToString()});
}

ProjectionStore::Outcome RocksProjectionStore::writable() const {
  if (database_->read_only)
    return tl::unexpected(StoreError{"opened read-only"});
  if (database_->health->failed())
    return tl::unexpected(StoreError{database_->health->reason()});
  return {};
}

}  // namespace gatehouse
