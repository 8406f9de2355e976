// The opened RocksDB: its column families, its snapshots, and what RocksDB's own threads report. Everything holds the database by shared
// pointer, so that it closes, and the data folder's lock is lifted, when the last reader is gone.
#pragma once
#include <rocksdb/db.h>

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "store/data_lock.hpp"
#include "store/flush_anchor.hpp"
#include "store/open_options.hpp"
#include "store/prompt_thread.hpp"
#include "store/rocks_options.hpp"
#include "store/store_health.hpp"

namespace gatehouse {

class RocksFamily {
 public:
  RocksFamily(std::shared_ptr<rocksdb::DB> db, rocksdb::ColumnFamilyHandle* handle)
      : db_(std::move(db)), handle_(handle) {}
  RocksFamily(const RocksFamily&) = delete;
  RocksFamily& operator=(const RocksFamily&) = delete;
  ~RocksFamily() { db_->DestroyColumnFamilyHandle(handle_); }
  [[nodiscard]] rocksdb::ColumnFamilyHandle* handle() const { return handle_; }
  [[nodiscard]] rocksdb::DB& db() const { return *db_; }
  [[nodiscard]] const std::string& name() const { return handle_->GetName(); }

 private:
  std::shared_ptr<rocksdb::DB> db_;
  rocksdb::ColumnFamilyHandle* handle_;
};

class RocksSnapshot {
 public:
  explicit RocksSnapshot(std::shared_ptr<rocksdb::DB> db) : db_(std::move(db)), snapshot_(db_->GetSnapshot()) {}
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;
  ~RocksSnapshot() { db_->ReleaseSnapshot(snapshot_); }
  [[nodiscard]] const rocksdb::Snapshot* get() const { return snapshot_; }

 private:
  std::shared_ptr<rocksdb::DB> db_;
  const rocksdb::Snapshot* snapshot_;
};

struct RocksDatabase {
  std::shared_ptr<rocksdb::DB> db;
  std::shared_ptr<RocksFamily> meta, log, streams, state, commands;
  std::map<std::string, std::shared_ptr<RocksFamily>> projections;  // those found at start, by family name
  std::shared_ptr<RocksOptions> options;
  std::shared_ptr<LogClock> clock;
  std::shared_ptr<StoreHealth> health;
  std::shared_ptr<FlushAnchor> anchor;
  std::unique_ptr<PromptThread> prompt_thread;  // none when opened read-only
  bool read_only = false;
  bool is_new = false;

  // Opens or makes the database, and keeps the lock as long as it is open. Knows nothing of what the rows mean.
  [[nodiscard]] static tl::expected<std::shared_ptr<RocksDatabase>, rocksdb::Status> open(const OpenOptions& options,
                                                                                          std::optional<DataLock> lock);

  [[nodiscard]] std::shared_ptr<RocksSnapshot> snapshot() const { return std::make_shared<RocksSnapshot>(db); }
  // What RocksDB makes others wait for, on a thread that is not kept from it: writes, and changes of memtables or families.
  [[nodiscard]] rocksdb::Status promptly(const std::function<rocksdb::Status()>& work) const;
  [[nodiscard]] rocksdb::Status write(const rocksdb::WriteOptions& how, rocksdb::WriteBatch& batch) const;
  // Returns at once on a thread of low priority. What it is given must be there until the future is ready; `status` is the outcome then.
  [[nodiscard]] std::future<void> start_write(const rocksdb::WriteOptions& how, rocksdb::WriteBatch& batch,
                                              rocksdb::Status& status) const;
  // In the order of the names. Together, since RocksDB writes down the settings of all families whenever one comes or goes.
  [[nodiscard]] tl::expected<std::vector<std::shared_ptr<RocksFamily>>, rocksdb::Status>
  create_families(const std::vector<std::string>& names);
  [[nodiscard]] rocksdb::Status drop_families(const std::vector<const RocksFamily*>& families);
  // All memtables into table files, and the only way there: RocksDB ends the process over an assertion when it is about to flush several families and
  // is asked meanwhile to flush some of them (its pull request 11111). Any thread.
  [[nodiscard]] rocksdb::Status flush() const;

 private:
  void take_families(const std::vector<rocksdb::ColumnFamilyHandle*>& handles);

  [[nodiscard]] std::vector<std::shared_ptr<RocksFamily>> families() const;

  mutable std::shared_mutex creating_mutex_;  // shared by flushes, so that no family comes to be beside one
  mutable std::mutex families_mutex_;
  std::vector<std::weak_ptr<RocksFamily>> families_;
};

inline constexpr const char* projection_family_prefix = "p.";

// After an error of the database.
inline void note_failure(StoreHealth& health, const rocksdb::Status& status) {
  health.fail(status.ToString(), status.IsNoSpace() ? StoreHealth::Cause::no_space : StoreHealth::Cause::other);
}

[[nodiscard]] inline rocksdb::Slice as_slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
[[nodiscard]] inline std::string_view as_view(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace gatehouse
