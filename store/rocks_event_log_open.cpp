#include <utility>
#include <vector>

#include "store/data_lock.hpp"
#include "store/rocks_event_log.hpp"
#include "store/rocks_log_check.hpp"
#include "store/rocks_projection_store.hpp"
#include "store/rocks_reader.hpp"

namespace gatehouse {

namespace {

template <class T>
using Opened = tl::expected<T, OpenError>;

constexpr std::size_t heads_cache_share = 8;  // of the row cache, for the heads of the streams

std::filesystem::path witness_path(const OpenOptions& options) { return options.data_dir / "witness"; }

Opened<DataLock> take_data_dir(const OpenOptions& options) {
  std::error_code error;
  if (options.read_only) {
    if (!std::filesystem::is_directory(options.data_dir, error)) {
      return tl::unexpected(OpenError{OpenErrorKind::not_found, {}, options.data_dir.string()});
    }
  } else if (std::filesystem::create_directories(options.data_dir, error); error) {
    return tl::unexpected(OpenError{OpenErrorKind::io, {}, options.data_dir.string() + ": " + error.message()});
  }
  return DataLock::take(options.data_dir, options.read_only);
}

Opened<std::optional<Witness>> open_witness(const OpenOptions& options) {
  const auto mode = options.read_only ? Disk::OpenMode::read : Disk::OpenMode::write;
  auto witness = Witness::open(*options.disk, witness_path(options), mode);
  if (witness)
    return std::optional(std::move(*witness));
  switch (witness.error()) {
  case Witness::Trouble::missing:
    return std::optional<Witness>();
  case Witness::Trouble::damaged:
    return tl::unexpected(OpenError{OpenErrorKind::witness_damaged, {}, "no slot of it can be read"});
  case Witness::Trouble::io:
    break;
  }
  return tl::unexpected(OpenError{OpenErrorKind::io, {}, "the witness cannot be read"});
}

// RocksDB refuses as a whole; what may be lost begins where the witness last knew everything safe.
OpenError refused_by_rocksdb(const rocksdb::Status& status, const std::optional<Witness>& witness) {
  if (status.IsNotFound())
    return {OpenErrorKind::not_found, {}, status.ToString()};
  // A file that is missing is damage, and not the disk's.
  const auto kind = status.IsIOError() && !status.IsPathNotFound() ? OpenErrorKind::io : OpenErrorKind::corrupt;
  if (!witness)
    return {kind, {}, status.ToString()};
  const auto& record = witness->record();
  return {kind,
          {record.anchor.position.value + 1},
          status.ToString() + "; events up to " + std::to_string(record.head.position.value) + " were acknowledged"};
}

// A new database, or one whose making was cut short before its first row.
Opened<stored::LogHead> first_head(RocksDatabase& database) {
  const std::unique_ptr<rocksdb::Iterator> row(
      database.db->NewIterator(rocksdb::ReadOptions(), database.log->handle()));
  row->SeekToFirst();
  if (row->Valid())
    return tl::unexpected(OpenError{OpenErrorKind::corrupt, {1}, "the head is missing, but there are events"});
  const stored::LogHead head;
  if (database.read_only)
    return head;
  rocksdb::WriteBatch batch;
  auto status = batch.Put(database.meta->handle(), as_slice(stored::format_key),
                          stored::encode(std::uint64_t{stored::format_version}));
  if (status.ok())
    status = batch.Put(database.meta->handle(), as_slice(stored::head_key), stored::encode(head));
  rocksdb::WriteOptions synced;
  synced.sync = true;
  if (status.ok())
    status = database.db->Write(synced, &batch);
  if (!status.ok())
    return tl::unexpected(OpenError{OpenErrorKind::io, {}, status.ToString()});
  return head;
}

Opened<stored::LogHead> read_log_head(RocksDatabase& database) {
  std::string format_bytes, head_bytes;
  const rocksdb::ReadOptions options;
  const auto found = database.db->Get(options, database.meta->handle(), as_slice(stored::format_key), &format_bytes);
  if (found.IsNotFound())
    return first_head(database);
  if (!found.ok())
    return tl::unexpected(OpenError{OpenErrorKind::corrupt, {}, found.ToString()});
  const auto format = stored::read_number(format_bytes);
  if (format != stored::format_version) {
    return tl::unexpected(
        OpenError{OpenErrorKind::unsupported_format, {}, "format " + std::to_string(format.value_or(0))});
  }
  const auto status = database.db->Get(options, database.meta->handle(), as_slice(stored::head_key), &head_bytes);
  const auto head = status.ok() ? stored::read_head(head_bytes) : std::nullopt;
  if (!head)
    return tl::unexpected(OpenError{OpenErrorKind::corrupt, {}, "the head cannot be read: " + status.ToString()});
  return *head;
}

OpenError witness_is_missing(const LogMark& head) {
  return {OpenErrorKind::witness_missing, head.position, "nothing tells what was acknowledged"};
}

// A start that is refused leaves the files as they are. RocksDB would change them at once (what its own log holds goes to tables, and that log away), so
// what the witness promises is looked for without writing first. What RocksDB itself refuses it leaves alone.
std::optional<OpenError> refuse_unchanged(const OpenOptions& options, const std::optional<Witness>& witness) {
  auto reading = options;
  reading.read_only = true;
  auto database = RocksDatabase::open(reading, std::nullopt);
  if (!database)
    return std::nullopt;
  const auto head = read_log_head(**database);
  if (!head)
    return head.error();
  if (!witness && head->mark.group > 0)
    return witness_is_missing(head->mark);
  return check_tail(**database, witness ? witness->record() : Witness::Record{}, head->mark);
}

// Afterwards everything is in table files and the witness says so.
Opened<std::optional<Witness>> settle(RocksDatabase& database, const OpenOptions& options,
                                      std::optional<Witness> witness, const LogMark& head) {
  if (options.read_only)
    return witness;
  if (!witness) {
    auto created = Witness::create(*options.disk, witness_path(options));
    if (!created)
      return tl::unexpected(OpenError{OpenErrorKind::io, {}, "witness: " + created.error().message()});
    witness = std::move(*created);
  }
  // A flush may wait for a compaction, which reads what is there.
  if (const auto status = database.flush(); !status.ok())
    return tl::unexpected(
        OpenError{status.IsCorruption() ? OpenErrorKind::corrupt : OpenErrorKind::io, {}, status.ToString()});
  if (const auto error = witness->write(head, head))
    return tl::unexpected(OpenError{OpenErrorKind::io, {}, "witness: " + error.message()});
  return witness;
}

Opened<std::shared_ptr<ProjectionStore>> open_projections(const std::shared_ptr<RocksDatabase>& database) {
  auto store = RocksProjectionStore::open(database);
  if (!store)
    return tl::unexpected(OpenError{OpenErrorKind::corrupt, {}, "the read models' rows: " + store.error().ToString()});
  return *store;
}

// Of the database the one file that it opens once; whoever removes or replaces the folder takes it along.
std::vector<std::filesystem::path> files_to_hold(const OpenOptions& options) {
  if (options.read_only)
    return {};
  return {options.database() / "LOCK", witness_path(options)};
}

// Rows that the last run no longer needed but had not dropped yet.
std::optional<std::uint64_t> find_first_group_row(const RocksDatabase& database) {
  const std::unique_ptr<rocksdb::Iterator> row(
      database.db->NewIterator(rocksdb::ReadOptions(), database.meta->handle()));
  row->Seek(stored::group_key(0));
  return row->Valid() ? stored::read_group_key(as_view(row->key())) : std::nullopt;
}

}  // namespace

tl::expected<std::unique_ptr<RocksEventLog>, OpenError> RocksEventLog::open(const OpenOptions& options) {
  auto lock = take_data_dir(options);
  if (!lock)
    return tl::unexpected(lock.error());
  auto witness = open_witness(options);
  if (!witness)
    return tl::unexpected(witness.error());
  const bool acknowledged = *witness && (*witness)->record().head.group > 0;
  std::error_code missing;
  if (acknowledged && !std::filesystem::exists(options.data_dir / "db" / "CURRENT", missing)) {
    return tl::unexpected(OpenError{OpenErrorKind::log_behind_witness, {1}, "there is a witness, but no log"});
  }
  // With a full disk the recovery itself needs the ballast's room; whether there is enough shows when it is asked for.
  if (!options.read_only)
    static_cast<void>(DiskReserve(options.disk, options.data_dir, options.reserve).has_room());

  if (!options.read_only) {
    if (auto error = refuse_unchanged(options, *witness))
      return tl::unexpected(std::move(*error));
  }

  auto database = RocksDatabase::open(options, std::move(*lock));
  if (!database)
    return tl::unexpected(refused_by_rocksdb(database.error(), *witness));
  const auto head = read_log_head(**database);
  if (!head)
    return tl::unexpected(head.error());
  if (!*witness && head->mark.group > 0) {
    return tl::unexpected(witness_is_missing(head->mark));
  }
  const auto record = *witness ? (*witness)->record() : Witness::Record{};
  if (auto error = check_tail(**database, record, head->mark))
    return tl::unexpected(std::move(*error));
  auto settled = settle(**database, options, std::move(*witness), head->mark);
  if (!settled)
    return tl::unexpected(settled.error());
  auto projections = open_projections(*database);
  if (!projections)
    return tl::unexpected(projections.error());
  return std::unique_ptr<RocksEventLog>(
      new RocksEventLog(options, std::move(*database), std::move(*projections), std::move(*settled), *head));
}

tl::expected<std::unique_ptr<RocksEventLog>, OpenError> RocksEventLog::open_copy(OpenOptions options,
                                                                                 const LogMark& reached) {
  options.read_only = true;
  auto database = RocksDatabase::open(options, std::nullopt);
  if (!database)
    return tl::unexpected(refused_by_rocksdb(database.error(), std::nullopt));
  const auto head = read_log_head(**database);
  if (!head)
    return tl::unexpected(head.error());
  if (head->mark.group < reached.group || head->mark.position < reached.position)
    return tl::unexpected(OpenError{OpenErrorKind::log_behind_witness,
                                    {head->mark.position.value + 1},
                                    "the copy should reach event " + std::to_string(reached.position.value)});
  const auto nothing_more = [](const FrameView&, const LogMark&) { return std::optional<OpenError>(); };
  if (auto error = walk_log(**database, nullptr, reached, head->mark, nothing_more))
    return tl::unexpected(std::move(*error));
  auto projections = open_projections(*database);
  if (!projections)
    return tl::unexpected(projections.error());
  return std::unique_ptr<RocksEventLog>(
      new RocksEventLog(options, std::move(*database), std::move(*projections), std::nullopt, *head));
}

RocksEventLog::RocksEventLog(const OpenOptions& options, std::shared_ptr<RocksDatabase> database,
                             std::shared_ptr<ProjectionStore> projections, std::optional<Witness> witness,
                             const stored::LogHead& head)
    : database_(std::move(database)), projections_(std::move(projections)),
      state_cache_(std::make_shared<RowCache>(options.row_cache_bytes)),
      heads_cache_(std::make_shared<RowCache>(options.row_cache_bytes / heads_cache_share)),
      reserve_(options.disk, options.data_dir, options.reserve), held_files_(files_to_hold(options)),
      witness_(std::move(witness)), first_group_row_(find_first_group_row(*database_).value_or(head.mark.group + 1)) {
  database_->anchor->reset(head.mark);
  publish(head);
}

RocksEventLog::~RocksEventLog() {
  if (database_->read_only || database_->health->failed())
    return;
  const auto mark = published()->head.mark;
  // Errors change nothing: the next start then replays and checks a little more.
  if (database_->flush().ok())
    static_cast<void>(witness_->write(mark, mark));
}

}  // namespace gatehouse
