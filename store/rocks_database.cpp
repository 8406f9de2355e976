#include "store/rocks_database.hpp"

#include <rocksdb/convenience.h>
#include <rocksdb/env.h>
#include <rocksdb/listener.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "store/background_priority.hpp"
#include "store/lenient_logger.hpp"

namespace gatehouse {

namespace {

class Listener final : public rocksdb::EventListener {
 public:
  Listener(std::shared_ptr<StoreHealth> health, std::shared_ptr<FlushAnchor> anchor)
      : health_(std::move(health)), anchor_(std::move(anchor)) {}

  // Every append group writes to the default family, and all families flush together: one stands for all.
  void OnFlushCompleted(rocksdb::DB*, const rocksdb::FlushJobInfo& flush) override {
    if (flush.cf_name == rocksdb::kDefaultColumnFamilyName)
      anchor_->flushed(flush.largest_seqno);
  }

  // Told on the thread of the compaction, before it. It works for a quarter of a second without waiting for anything, and nobody waits for it.
  void OnCompactionBegin(rocksdb::DB*, const rocksdb::CompactionJobInfo&) override {
    if (!own_priority_is_low())
      lower_own_priority();
  }

  void OnCompactionCompleted(rocksdb::DB*, const rocksdb::CompactionJobInfo& compaction) override {
    met_damaged_read_model =
        compaction.status.IsCorruption() && compaction.cf_name.starts_with(projection_family_prefix);
  }

  // Told on the thread of the compaction, after it. One that met damage has changed nothing, and rows that can be had again from the log are no reason to
  // take no events any more: RocksDB tries it again now and then, until the table is dropped.
  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) override {
    if (reason == rocksdb::BackgroundErrorReason::kCompaction && std::exchange(met_damaged_read_model, false))
      *error = rocksdb::Status::OK();
    else
      note_failure(*health_, *error);
  }

  // After a full disk RocksDB would go on by itself, whatever the options say, and fail an assertion over the log file that it could not write.
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status, bool* auto_recovery) override {
    *auto_recovery = false;
  }

 private:
  static thread_local bool met_damaged_read_model;

  std::shared_ptr<StoreHealth> health_;
  std::shared_ptr<FlushAnchor> anchor_;
};

thread_local bool Listener::met_damaged_read_model = false;

using Descriptors = std::vector<rocksdb::ColumnFamilyDescriptor>;

Descriptors describe(const std::vector<std::string>& found, const RocksOptions& options) {
  std::vector<std::string> names{rocksdb::kDefaultColumnFamilyName, log_family, streams_family, state_family,
                                 commands_family};
  for (const auto& name : found) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  }
  Descriptors families;
  for (const auto& name : names)
    families.emplace_back(name, options.family(name));
  return families;
}

// Holds what must outlive the database.
struct Closer {
  std::shared_ptr<RocksOptions> options;
  std::shared_ptr<std::optional<DataLock>> lock;

  void operator()(rocksdb::DB* db) const {
    rocksdb::CancelAllBackgroundWork(db, true);
    delete db;
  }
};

}  // namespace

tl::expected<std::shared_ptr<RocksDatabase>, rocksdb::Status> RocksDatabase::open(const OpenOptions& options,
                                                                                  std::optional<DataLock> lock) {
  auto database = std::make_shared<RocksDatabase>();
  database->clock = std::make_shared<LogClock>();
  database->health = std::make_shared<StoreHealth>();
  database->anchor = std::make_shared<FlushAnchor>();
  database->options = std::make_shared<RocksOptions>(options, database->clock);
  database->read_only = options.read_only;

  const auto path = options.database().string();
  auto settings = database->options->database(std::make_shared<Listener>(database->health, database->anchor));
  std::vector<std::string> found;
  if (settings.env->FileExists(path + "/CURRENT").ok()) {
    if (auto status = rocksdb::DB::ListColumnFamilies(settings, path, &found); !status.ok())
      return tl::unexpected(status);
  } else if (options.read_only) {
    return tl::unexpected(rocksdb::Status::NotFound(path));
  } else {
    database->is_new = true;
    settings.create_if_missing = true;
  }
  settings.create_missing_column_families = !options.read_only;
  settings.info_log = options.read_only ? make_silent_logger() : make_lenient_logger(path);

  const auto families = describe(found, *database->options);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const auto status = options.read_only ? rocksdb::DB::OpenForReadOnly(settings, path, families, &handles, &db)
                                        : rocksdb::DB::Open(settings, path, families, &handles, &db);
  if (!status.ok())
    return tl::unexpected(status);
  database->db.reset(db, Closer{database->options, std::make_shared<std::optional<DataLock>>(std::move(lock))});
  database->take_families(handles);
  if (!options.read_only)
    database->prompt_thread = std::make_unique<PromptThread>();
  return database;
}

void RocksDatabase::take_families(const std::vector<rocksdb::ColumnFamilyHandle*>& handles) {
  std::shared_ptr<RocksFamily>* const fixed[] = {&meta, &log, &streams, &state, &commands};
  for (std::size_t index = 0; index < handles.size(); ++index) {
    auto family = std::make_shared<RocksFamily>(db, handles[index]);
    families_.push_back(family);
    if (index < std::size(fixed))
      *fixed[index] = std::move(family);
    else
      projections.emplace(family->name(), std::move(family));
  }
}

rocksdb::Status RocksDatabase::promptly(const std::function<rocksdb::Status()>& work) const {
  rocksdb::Status status;
  prompt_thread->run([&] { status = work(); });
  return status;
}

rocksdb::Status RocksDatabase::write(const rocksdb::WriteOptions& how, rocksdb::WriteBatch& batch) const {
  return promptly([&] { return db->Write(how, &batch); });
}

std::future<void> RocksDatabase::start_write(const rocksdb::WriteOptions& how, rocksdb::WriteBatch& batch,
                                             rocksdb::Status& status) const {
  return prompt_thread->start([&how, &batch, &status, this] { status = db->Write(how, &batch); });
}

tl::expected<std::vector<std::shared_ptr<RocksFamily>>, rocksdb::Status>
RocksDatabase::create_families(const std::vector<std::string>& names) {
  Descriptors wanted;
  for (const auto& name : names)
    wanted.emplace_back(name, options->family(name));
  const std::lock_guard creating(creating_mutex_);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  auto status = promptly([&] { return db->CreateColumnFamilies(wanted, &handles); });
  std::vector<std::shared_ptr<RocksFamily>> made;
  for (auto* handle : handles)
    made.push_back(std::make_shared<RocksFamily>(db, handle));
  if (!status.ok())  // those before the one that failed are found as tables in the making when the log is opened again
    return tl::unexpected(status);
  const std::lock_guard lock(families_mutex_);
  std::erase_if(families_, [](const auto& one) { return one.expired(); });
  families_.insert(families_.end(), made.begin(), made.end());
  return made;
}

// RocksDB leaves a family that was dropped out of what it is about to flush. So it goes from the list afterwards.
rocksdb::Status RocksDatabase::drop_families(const std::vector<const RocksFamily*>& families) {
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  for (const auto* family : families)
    handles.push_back(family->handle());
  auto status = promptly([&] { return db->DropColumnFamilies(handles); });
  if (status.ok()) {
    const std::lock_guard lock(families_mutex_);
    std::erase_if(families_,
                  [&](const auto& one) { return std::ranges::find(families, one.lock().get()) != families.end(); });
  }
  return status;
}

std::vector<std::shared_ptr<RocksFamily>> RocksDatabase::families() const {
  const std::lock_guard lock(families_mutex_);
  std::vector<std::shared_ptr<RocksFamily>> families;
  for (const auto& one : families_) {
    if (auto family = one.lock())
      families.push_back(std::move(family));
  }
  return families;
}

rocksdb::Status RocksDatabase::flush() const {
  const std::shared_lock lock(creating_mutex_);
  for (;;) {
    const auto held = families();
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    for (const auto& family : held)
      handles.push_back(family->handle());
    const auto status = promptly([&] { return db->Flush(rocksdb::FlushOptions(), handles); });
    if (!status.IsColumnFamilyDropped())  // one of them was, meanwhile
      return status;
  }
}

}  // namespace gatehouse
