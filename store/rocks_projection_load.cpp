#include "store/rocks_projection_store.hpp"
#include "store/rocks_projection_table.hpp"
#include "store/stored_rows.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t batch_bytes = 1U << 20;

// Sorted rows in batches past the WAL. Table files made aside and ingested are no faster with one thread, and when the database's own
// list of files cannot be synced, RocksDB removes ingested files that the list may name: the database would not open again.
class SortedBatches {
 public:
  SortedBatches(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* handle) : db_(db), handle_(handle) {
    options_.disableWAL = true;
    options_.memtable_insert_hint_per_batch = true;
  }

  void put(std::string_view key, std::string_view value) {
    if (status_.ok())
      status_ = batch_.Put(handle_, as_slice(key), as_slice(value));
    if (batch_.GetDataSize() >= batch_bytes)
      write();
  }
  [[nodiscard]] rocksdb::Status finish(Position checkpoint) {
    put(checkpoint_key, stored::encode(checkpoint));
    if (status_.ok())
      status_ = batch_.Delete(handle_, as_slice(loading_key));
    write();
    return status_;
  }

 private:
  void write() {
    if (status_.ok())
      status_ = db_.Write(options_, &batch_);
    batch_.Clear();
  }

  rocksdb::DB& db_;
  rocksdb::ColumnFamilyHandle* handle_;
  rocksdb::WriteOptions options_;
  rocksdb::WriteBatch batch_;
  rocksdb::Status status_;
};

}  // namespace

ProjectionStore::Outcome RocksProjectionStore::load(ProjectionTable& table, Position checkpoint,
                                                    const std::function<void(const RowSink&)>& produce) {
  if (auto refused = writable(); !refused)
    return refused;
  auto& target = dynamic_cast<RocksProjectionTable&>(table);
  GATEHOUSE_ASSERT(target.snapshot()->checkpoint() == Position{} && !target.has_bulk_rows);
  target.has_bulk_rows = true;
  SortedBatches batches(*database_->db, target.family().handle());
  // Goes with the last row: a table that still has it was never complete.
  batches.put(loading_key, {});
  produce([&](std::string_view key, std::string_view value) {
    GATEHOUSE_ASSERT(!key.empty() && key.front() != '\0');
    batches.put(key, value);
  });
  auto done = outcome(batches.finish(checkpoint));
  if (done)
    done = settle_bulk(target);
  if (done)
    target.publish(database_->snapshot());
  return done;
}

}  // namespace gatehouse
