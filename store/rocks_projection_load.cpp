#include <future>
#include <utility>

#include "store/rocks_projection_store.hpp"
#include "store/rocks_projection_table.hpp"
#include "store/stored_rows.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

// RocksDB writes one batch after the other, and the next may be that of a command, which is not to wait long.
constexpr std::size_t batch_bytes = 32U << 10U;

void check(std::string_view key) { GATEHOUSE_ASSERT(!key.empty() && key.front() != '\0'); }

// Sorted rows in batches past the WAL, each written while the next one is filled. Table files made aside and ingested are no faster with one thread,
// and when the database's own list of files cannot be synced, RocksDB removes ingested files that the list may name: the database would not open again.
class SortedBatches {
 public:
  SortedBatches(const RocksDatabase& database, rocksdb::ColumnFamilyHandle* handle)
      : database_(database), handle_(handle) {
    options_.disableWAL = true;
    options_.memtable_insert_hint_per_batch = true;
  }
  SortedBatches(const SortedBatches&) = delete;
  SortedBatches& operator=(const SortedBatches&) = delete;
  ~SortedBatches() { wait(); }

  void put(std::string_view key, std::string_view value) {
    take(filled_.Put(handle_, as_slice(key), as_slice(value)));
    write_if_full();
  }
  void erase(std::string_view key) {
    take(filled_.Delete(handle_, as_slice(key)));
    write_if_full();
  }
  // A table that still has the row was never complete: it goes with the last one.
  void begin() { put(loading_key, {}); }
  [[nodiscard]] rocksdb::Status finish(Position checkpoint) {
    put(checkpoint_key, stored::encode(checkpoint));
    take(filled_.Delete(handle_, as_slice(loading_key)));
    write();
    wait();
    return status_;
  }

 private:
  void write_if_full() {
    if (filled_.GetDataSize() >= batch_bytes)
      write();
  }
  // After a failure nothing is written any more.
  void write() {
    wait();
    std::swap(filled_, written_);
    filled_.Clear();
    if (status_.ok())
      writing_ = database_.start_write(options_, written_, write_status_);
  }
  void wait() {
    if (!writing_.valid())
      return;
    writing_.get();
    take(std::exchange(write_status_, {}));
  }
  void take(rocksdb::Status status) {
    if (status_.ok())
      status_ = std::move(status);
  }

  const RocksDatabase& database_;
  rocksdb::ColumnFamilyHandle* handle_;
  rocksdb::WriteOptions options_;
  rocksdb::WriteBatch filled_, written_;
  std::future<void> writing_;
  rocksdb::Status write_status_;  // of `writing_`, once that is ready
  rocksdb::Status status_;
};

}  // namespace

ProjectionStore::Outcome RocksProjectionStore::load(ProjectionTable& table, Position checkpoint,
                                                    const std::function<void(const RowSink&)>& produce) {
  if (auto refused = writable(); !refused)
    return refused;
  auto& target = dynamic_cast<RocksProjectionTable&>(table);
  GATEHOUSE_ASSERT(target.snapshot()->checkpoint() == Position{} && !target.has_bulk_rows());
  SortedBatches batches(*database_, target.family().handle());
  batches.begin();
  produce([&](std::string_view key, std::string_view value) {
    check(key);
    batches.put(key, value);
  });
  auto done = outcome(batches.finish(checkpoint));
  target.wrote_bulk_rows();
  if (done)
    target.publish(database_->snapshot());
  return done;
}

ProjectionStore::Outcome RocksProjectionStore::load_more(ProjectionTable& table, Position checkpoint,
                                                         const std::function<void(const ChangeSink&)>& produce) {
  if (auto refused = writable(); !refused)
    return refused;
  auto& target = dynamic_cast<RocksProjectionTable&>(table);
  SortedBatches batches(*database_, target.family().handle());
  batches.begin();
  produce([&](std::string_view key, std::optional<std::string_view> value) {
    check(key);
    value ? batches.put(key, *value) : batches.erase(key);
  });
  auto done = outcome(batches.finish(checkpoint));
  target.wrote_bulk_rows();
  if (done)
    target.publish(database_->snapshot());
  return done;
}

}  // namespace gatehouse
