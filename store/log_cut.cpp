#include "store/log_cut.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "store/data_lock.hpp"
#include "store/rocks_log_check.hpp"

namespace gatehouse {

namespace {

constexpr int rows_per_write = 10'000;
constexpr std::string_view active_rows = "active/";  // which generation of a projection answers

OpenError failed(const rocksdb::Status& status) { return {OpenErrorKind::io, {}, status.ToString()}; }

std::unique_ptr<rocksdb::Iterator> rows_of(const RocksFamily& family) {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  return std::unique_ptr<rocksdb::Iterator>(family.db().NewIterator(options, family.handle()));
}

// The first error sticks and ends the work.
class LogCut {
 public:
  LogCut(RocksDatabase& database, Position end) : database_(database), end_(end) {}

  rocksdb::Status run(const LogMark& former) {
    drop_events();
    mend_stream_heads();
    drop_commands();
    drop_projections();
    end_log(former.group);
    return status_;
  }
  [[nodiscard]] const LogMark& head() const { return head_.mark; }

 private:
  void write(bool always) {
    if (!status_.ok() || (!always && batch_.Count() < rows_per_write))
      return;
    rocksdb::WriteOptions options;
    options.sync = always;
    status_ = database_.db->Write(options, &batch_);
    batch_.Clear();
  }
  void erase(const RocksFamily& family, const rocksdb::Slice& key) {
    if (status_.ok())
      status_ = batch_.Delete(family.handle(), key);
    write(false);
  }
  void put(const RocksFamily& family, std::string_view key, std::string_view value) {
    if (status_.ok())
      status_ = batch_.Put(family.handle(), as_slice(key), as_slice(value));
    write(false);
  }
  // A row that must be there.
  std::string get(const RocksFamily& family, std::string_view key) {
    std::string value;
    if (status_.ok())
      status_ = database_.db->Get({}, family.handle(), as_slice(key), &value);
    return value;
  }
  void refuse(std::string_view what) {
    if (status_.ok())
      status_ = rocksdb::Status::Corruption(as_slice(what));
  }
  void done_with(const rocksdb::Iterator& rows) {
    if (status_.ok())
      status_ = rows.status();
  }

  void drop_events() {
    const auto rows = rows_of(*database_.log);
    for (rows->Seek(stored::log_key({end_.value + 1})); status_.ok() && rows->Valid(); rows->Next()) {
      const auto row = stored::read_log_row(as_view(rows->value()));
      const auto event = row ? parse_frame(row->frame) : tl::unexpected(FrameError{});
      if (!event)
        return refuse("an event to be taken away cannot be read");
      const auto& envelope = event->envelope;
      kept_versions_.try_emplace(envelope.account_id, envelope.account_version - 1);
      erase(*database_.streams, as_slice(stored::stream_version_key(envelope.account_id, envelope.account_version)));
      erase(*database_.log, rows->key());
    }
    done_with(*rows);
  }

  void mend_stream_heads() {
    for (const auto& [stream, version] : kept_versions_) {
      if (version == 0) {
        erase(*database_.streams, as_slice(stored::stream_head_key(stream)));
        continue;
      }
      const auto position = stored::read_position(get(*database_.streams, stored::stream_version_key(stream, version)));
      const auto value = position ? get(*database_.log, stored::log_key(*position)) : std::string();
      const auto row = stored::read_log_row(value);
      const auto event = row ? parse_frame(row->frame) : tl::unexpected(FrameError{});
      if (!event)
        return refuse("the last event of a stream cannot be read");
      put(*database_.streams, stored::stream_head_key(stream),
          stored::encode(StreamHead{version, *position, event->envelope.recorded_at}));
    }
  }

  void drop_commands() {
    const auto rows = rows_of(*database_.commands);
    for (rows->SeekToFirst(); status_.ok() && rows->Valid(); rows->Next()) {
      const auto record = stored::read_command(as_view(rows->value()));
      if (!record)
        return refuse("a command record cannot be read");
      const auto last = record->first.value + std::max(record->event_count, 1U) - 1;
      if (last > end_.value)
        erase(*database_.commands, rows->key());
    }
    done_with(*rows);
  }

  void drop_projections() {
    const auto rows = rows_of(*database_.meta);
    for (rows->Seek(as_slice(active_rows)); rows->Valid() && as_view(rows->key()).starts_with(active_rows);
         rows->Next())
      erase(*database_.meta, rows->key());
    done_with(*rows);
    write(true);
    std::vector<const RocksFamily*> families;
    for (const auto& [name, family] : database_.projections)
      families.push_back(family.get());
    if (status_.ok())
      status_ = database_.drop_families(families);
  }

  void end_log(std::uint64_t group) {
    const auto rows = rows_of(*database_.meta);
    for (rows->Seek(as_slice(std::string(1, stored::group_tag)));
         rows->Valid() && stored::read_group_key(as_view(rows->key())); rows->Next())
      erase(*database_.meta, rows->key());
    done_with(*rows);
    head_.mark = {group, end_, {}};
    if (end_.value > 0) {
      const auto value = get(*database_.log, stored::log_key(end_));
      const auto row = stored::read_log_row(value);
      if (!row)
        return refuse("the event to end with is not there");
      head_.mark.chain = row->chain;
    }
    write(true);
    const auto latest = [&](const FrameView& event, const LogMark&) {
      head_.log_time = std::max(head_.log_time, event.envelope.recorded_at);
      return std::optional<OpenError>();
    };
    if (const auto error = walk_log(database_, nullptr, LogMark{}, head_.mark, latest))
      return refuse(to_text(*error));
    put(*database_.meta, stored::group_key(group), stored::encode(end_));
    put(*database_.meta, stored::head_key, stored::encode(head_));
    write(true);
  }

  RocksDatabase& database_;
  const Position end_;
  rocksdb::WriteBatch batch_;
  rocksdb::Status status_;
  std::map<AccountId, std::uint64_t> kept_versions_;  // of the streams that lose events
  stored::LogHead head_;
};

}  // namespace

tl::expected<LogMark, OpenError> cut_log(const OpenOptions& options, Position end) {
  std::string former;
  auto lock = DataLock::take(options.data_dir, false);
  if (!lock)
    return tl::unexpected(lock.error());
  auto database = RocksDatabase::open(options, std::move(*lock));
  if (!database)
    return tl::unexpected(failed(database.error()));
  const auto status = (*database)->db->Get({}, (*database)->meta->handle(), as_slice(stored::head_key), &former);
  const auto head = status.ok() ? stored::read_head(former) : std::nullopt;
  if (!head || head->mark.position < end)
    return tl::unexpected(OpenError{OpenErrorKind::gap, end, "the log does not reach it: " + status.ToString()});
  LogCut cut(**database, end);
  if (const auto done = cut.run(head->mark); !done.ok())
    return tl::unexpected(failed(done));
  if (const auto flushed = (*database)->flush(); !flushed.ok())
    return tl::unexpected(failed(flushed));
  if (const auto witness = Witness::create(*options.disk, options.data_dir / "witness", cut.head()); !witness)
    return tl::unexpected(OpenError{OpenErrorKind::io, {}, "witness: " + witness.error().message()});
  return cut.head();
}

}  // namespace gatehouse
