#include "store/rocks_projection_store.hpp"

#include <utility>
#include <vector>

#include "store/rocks_projection_table.hpp"
#include "store/stored_rows.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

RocksProjectionTable& own(ProjectionTable& table) { return dynamic_cast<RocksProjectionTable&>(table); }

rocksdb::Status add_rows(rocksdb::WriteBatch& batch, const ProjectionWrite& write) {
  auto* handle = own(*write.table).family().handle();
  auto status = batch.Put(handle, as_slice(checkpoint_key), stored::encode(write.checkpoint));
  for (const auto& [key, value] : write.notes != nullptr ? *write.notes : OverlayTable::Changes()) {
    if (status.ok())
      status = value ? batch.Put(handle, note_key(key), *value) : batch.Delete(handle, note_key(key));
  }
  for (const auto& [key, value] : *write.changes) {
    GATEHOUSE_ASSERT(!key.empty() && key.front() != '\0');
    if (status.ok())
      status = value ? batch.Put(handle, key, *value) : batch.Delete(handle, key);
  }
  return status;
}

// Whether the row is there; what cannot be read is for whoever opens the log to tell.
tl::expected<bool, rocksdb::Status> read(const RocksDatabase& database, const RocksFamily& family, std::string_view key,
                                         std::string& value) {
  const auto status = database.db->Get({}, family.handle(), as_slice(key), &value);
  if (!status.ok() && !status.IsNotFound())
    return tl::unexpected(status);
  return status.ok();
}

tl::expected<std::uint64_t, rocksdb::Status> read_generation(const RocksDatabase& database, const std::string& key) {
  std::string number;
  return read(database, *database.meta, key, number).map([&](bool found) {
    return found ? stored::read_number(number).value_or(0) : 0;
  });
}

}  // namespace

tl::expected<std::shared_ptr<RocksProjectionStore>, rocksdb::Status>
RocksProjectionStore::open(std::shared_ptr<RocksDatabase> database) {
  std::shared_ptr<RocksProjectionStore> store(new RocksProjectionStore(std::move(database)));
  if (const auto status = store->take_tables(); !status.ok())
    return tl::unexpected(status);
  return store;
}

rocksdb::Status RocksProjectionStore::take_tables() {
  const auto snapshot = database_->snapshot();
  for (auto& [name, family] : database_->projections) {
    const auto parts = read_family_name(name);
    if (!parts)
      continue;
    std::string loading;
    const auto is_loading = read(*database_, *family, loading_key, loading);
    if (!is_loading)
      return is_loading.error();
    // A load that a crash cut short.
    if (*is_loading) {
      if (!database_->read_only)
        static_cast<void>(outcome(database_->drop_families({family.get()})));
      continue;
    }
    const auto active = read_generation(*database_, active_key(parts->projection));
    const auto kept = read_generation(*database_, kept_key(parts->projection));
    if (!active || !kept)
      return active ? kept.error() : active.error();
    auto& projection = projections_[parts->projection];
    projection.placed = {*active, *kept};
    auto table = std::make_shared<RocksProjectionTable>(parts->projection, parts->generation, std::move(family));
    table->publish(snapshot);
    projection.tables.emplace(parts->generation, std::move(table));
  }
  database_->projections.clear();
  return rocksdb::Status::OK();
}

std::vector<Generation> RocksProjectionStore::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<Generation> generations;
  for (const auto& [id, projection] : projections_) {
    for (const auto& [number, table] : projection.tables)
      generations.push_back({table, projection.placed.role_of(number)});
  }
  return generations;
}

std::shared_ptr<ProjectionTable> RocksProjectionStore::find(const ProjectionId& id, GenerationRole role) const {
  const std::lock_guard lock(mutex_);
  const auto projection = projections_.find(id);
  if (projection == projections_.end())
    return nullptr;
  const auto& [tables, placed] = projection->second;
  for (auto table = tables.rbegin(); table != tables.rend(); ++table) {
    if (placed.role_of(table->first) == role)
      return table->second;
  }
  return nullptr;
}

tl::expected<ProjectionStore::Tables, StoreError>
RocksProjectionStore::create_all(std::span<const ProjectionId> projections) {
  if (auto refused = writable(); !refused)
    return tl::unexpected(refused.error());
  const std::lock_guard creating(creating_mutex_);
  std::map<ProjectionId, std::uint64_t> newest;  // one may be asked for twice
  std::vector<std::uint64_t> numbers;
  std::vector<std::string> names;
  for (const auto& id : projections) {
    const auto [number, is_first] = newest.try_emplace(id, next_generation(id));
    number->second += is_first ? 0 : 1;
    numbers.push_back(number->second);
    names.push_back(family_name(id, number->second));
  }
  auto families = database_->create_families(names);
  if (!families)
    return tl::unexpected(outcome(families.error()).error());
  const auto empty = database_->snapshot();
  Tables made;
  const std::lock_guard lock(mutex_);
  for (std::size_t index = 0; index < projections.size(); ++index) {
    auto table =
        std::make_shared<RocksProjectionTable>(projections[index], numbers[index], std::move((*families)[index]));
    table->publish(empty);
    projections_[projections[index]].tables.emplace(numbers[index], table);
    made.push_back(std::move(table));
  }
  return made;
}

std::uint64_t RocksProjectionStore::next_generation(const ProjectionId& id) {
  const std::lock_guard lock(mutex_);
  const auto& [tables, placed] = projections_[id];
  const auto newest = tables.empty() ? 0 : tables.rbegin()->first;
  return std::max({newest, placed.active, placed.kept}) + 1;
}

ProjectionStore::Outcome RocksProjectionStore::activate(ProjectionTable& table, const ProjectionTable* kept) {
  if (auto refused = writable(); !refused)
    return refused;
  if (auto done = settle(table); !done)
    return done;
  const std::lock_guard lock(mutex_);
  auto& projection = projections_[table.projection()];
  GATEHOUSE_ASSERT(kept == nullptr || (kept != &table && kept->projection() == table.projection()));
  return place(table.projection(), projection, {table.generation(), kept != nullptr ? kept->generation() : 0});
}

ProjectionStore::Outcome RocksProjectionStore::drop_all(std::span<ProjectionTable* const> tables) {
  if (auto refused = writable(); !refused)
    return refused;
  const std::lock_guard lock(mutex_);
  std::vector<const RocksFamily*> families;
  for (auto* table : tables) {
    auto& projection = projections_[table->projection()];
    const auto [active, kept] = projection.placed;
    const auto without = [table](std::uint64_t number) { return number == table->generation() ? 0 : number; };
    if (active == table->generation() || kept == table->generation()) {
      if (auto done = place(table->projection(), projection, {without(active), without(kept)}); !done)
        return done;
    }
    families.push_back(&own(*table).family());
  }
  auto done = outcome(database_->drop_families(families));
  for (const auto* table : tables) {
    if (done)
      projections_[table->projection()].tables.erase(table->generation());
  }
  return done;
}

ProjectionStore::Outcome RocksProjectionStore::place(const ProjectionId& id, Projection& projection,
                                                     PlacedGenerations placed) const {
  rocksdb::WriteBatch batch;
  const auto put = [&](const std::string& key, std::uint64_t generation) {
    return generation != 0 ? batch.Put(database_->meta->handle(), key, stored::encode(generation))
                           : batch.Delete(database_->meta->handle(), key);
  };
  auto status = put(active_key(id), placed.active);
  if (status.ok())
    status = put(kept_key(id), placed.kept);
  rocksdb::WriteOptions synced;  // and with it what the WAL has of the tables
  synced.sync = true;
  auto done = outcome(status.ok() ? database_->write(synced, batch) : status);
  if (done)
    projection.placed = placed;
  return done;
}

ProjectionStore::Outcome RocksProjectionStore::write(std::span<const ProjectionWrite> writes) {
  if (auto refused = writable(); !refused)
    return refused;
  rocksdb::WriteBatch batch;
  for (const auto& write : writes) {
    // Rows in the WAL on top of rows that a crash would take away: never.
    if (auto done = settle(*write.table); !done)
      return done;
    if (auto done = outcome(add_rows(batch, write)); !done)
      return done;
  }
  if (auto done = outcome(database_->write(rocksdb::WriteOptions(), batch)); !done)
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
  auto done = outcome(database_->write(unlogged, batch));
  table.wrote_bulk_rows();
  if (done)
    table.publish(database_->snapshot());
  return done;
}

// What a flush takes of other tables need not be flushed again for them.
ProjectionStore::Outcome RocksProjectionStore::settle(ProjectionTable& table) {
  if (!own(table).has_bulk_rows())
    return {};
  const std::lock_guard settling(settling_mutex_);
  if (!own(table).has_bulk_rows())
    return {};
  std::vector<std::pair<std::shared_ptr<RocksProjectionTable>, std::uint64_t>> settled;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, projection] : projections_) {
      for (const auto& [number, one] : projection.tables)
        settled.emplace_back(one, one->bulk_writes());
    }
  }
  auto done = outcome(database_->flush());
  for (const auto& [one, bulk_writes] : settled) {
    if (done)
      one->settled(bulk_writes);
  }
  return done;
}

ProjectionStore::Outcome RocksProjectionStore::outcome(const rocksdb::Status& status) const {
  if (status.ok())
    return {};
  note_failure(*database_->health, status);
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
