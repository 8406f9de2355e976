#include "store/rocks_log_check.hpp"

#include <algorithm>
#include <memory>

#include "store/event_chain.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t readahead_bytes = 2U << 20;

std::optional<OpenError> error_at(OpenErrorKind kind, std::uint64_t position, std::string detail) {
  return OpenError{kind, {position}, std::move(detail)};
}

class LogWalk {
 public:
  LogWalk(const LogMark& start, const EventCheck& check) : mark_(start), check_(check) {}

  [[nodiscard]] const LogMark& mark() const { return mark_; }

  [[nodiscard]] std::optional<OpenError> start_row(const rocksdb::Slice& key, const rocksdb::Slice& value) const {
    const auto row = stored::read_log_row(as_view(value));
    if (stored::read_log_key(as_view(key)) != mark_.position || !row) {
      return error_at(OpenErrorKind::gap, mark_.position.value, "the event is missing");
    }
    if (row->chain != mark_.chain)
      return error_at(OpenErrorKind::chain_broken, mark_.position.value, "the witness has another chain link");
    return std::nullopt;
  }

  [[nodiscard]] std::optional<OpenError> next_row(const rocksdb::Slice& key, const rocksdb::Slice& value) {
    const Position expected{mark_.position.value + 1};
    const auto position = stored::read_log_key(as_view(key));
    if (position != expected) {
      return error_at(OpenErrorKind::gap, expected.value,
                      position ? "the next event is " + std::to_string(position->value) : "a key of another kind");
    }
    const auto row = stored::read_log_row(as_view(value));
    if (!row)
      return error_at(OpenErrorKind::bad_frame, expected.value, "the row is too short");
    const auto event = parse_frame(row->frame);
    if (!event)
      return error_at(OpenErrorKind::bad_frame, expected.value, std::string(to_text(event.error())));
    if (event->envelope.position != expected)
      return error_at(OpenErrorKind::bad_frame, expected.value, "the frame names another position");
    mark_.chain = chain_.next(mark_.chain, row->frame);
    mark_.position = expected;
    if (row->chain != mark_.chain)
      return error_at(OpenErrorKind::chain_broken, expected.value, "its chain link does not fit");
    return check_(*event, mark_);
  }

 private:
  LogMark mark_;
  const EventCheck& check_;
  EventChain chain_;
};

// Each append group left a row, also those without events, and the last one ends where the log does.
std::optional<OpenError> check_groups(const RocksDatabase& database, const LogMark& anchor, const LogMark& head) {
  const std::unique_ptr<rocksdb::Iterator> row(
      database.db->NewIterator(rocksdb::ReadOptions(), database.meta->handle()));
  auto position = anchor.position;
  row->Seek(stored::group_key(anchor.group + 1));
  for (auto group = anchor.group + 1; group <= head.group; ++group) {
    if (!row->status().ok())
      return error_at(OpenErrorKind::corrupt, position.value + 1, row->status().ToString());
    const auto end = row->Valid() && stored::read_group_key(as_view(row->key())) == group
                         ? stored::read_position(as_view(row->value()))
                         : std::nullopt;
    if (!end)
      return error_at(OpenErrorKind::gap, position.value + 1, "append group " + std::to_string(group) + " is missing");
    position = *end;
    row->Next();
  }
  if (position != head.position) {
    return error_at(OpenErrorKind::gap, std::min(position, head.position).value + 1,
                    "append group " + std::to_string(head.group) + " ends at " + std::to_string(position.value) +
                        ", the log at " + std::to_string(head.position.value));
  }
  return std::nullopt;
}

}  // namespace

std::optional<OpenError> walk_log(const RocksDatabase& database, const rocksdb::Snapshot* snapshot,
                                  const LogMark& start, const LogMark& end, const EventCheck& check) {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  options.fill_cache = false;
  options.readahead_size = readahead_bytes;
  const std::unique_ptr<rocksdb::Iterator> row(database.db->NewIterator(options, database.log->handle()));
  LogWalk walk(start, check);
  row->Seek(stored::log_key(start.position));
  if (start.position.value > 0) {
    if (!row->Valid())
      return error_at(OpenErrorKind::gap, start.position.value, "the event is missing");
    if (auto error = walk.start_row(row->key(), row->value()))
      return error;
    row->Next();
  }
  for (; row->Valid(); row->Next()) {
    if (auto error = walk.next_row(row->key(), row->value()))
      return error;
  }
  const auto next = walk.mark().position.value + 1;
  if (!row->status().ok())
    return error_at(OpenErrorKind::corrupt, next, row->status().ToString());
  if (walk.mark().position < end.position)
    return error_at(OpenErrorKind::gap, next, "the log should end at " + std::to_string(end.position.value));
  if (walk.mark().position > end.position)
    return error_at(OpenErrorKind::gap, end.position.value + 1, "the log should end before it");
  if (walk.mark().chain != end.chain)
    return error_at(OpenErrorKind::chain_broken, end.position.value, "the head has another chain link");
  return std::nullopt;
}

tl::expected<WalkedPart, OpenError> walk_log_part(const RocksDatabase& database, const LogMark& start,
                                                  const LogMark& end, std::uint64_t bytes_max) {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.readahead_size = readahead_bytes;
  const std::unique_ptr<rocksdb::Iterator> row(database.db->NewIterator(options, database.log->handle()));
  const EventCheck no_more = [](const FrameView&, const LogMark&) { return std::nullopt; };
  LogWalk walk(start, no_more);
  row->Seek(stored::log_key(start.position));
  if (start.position.value > 0 && row->Valid()) {
    if (auto error = walk.start_row(row->key(), row->value()))
      return tl::unexpected(*error);
    row->Next();
  }
  std::uint64_t bytes = 0;
  for (; row->Valid() && walk.mark().position < end.position && bytes < bytes_max; row->Next()) {
    bytes += row->value().size();
    if (auto error = walk.next_row(row->key(), row->value()))
      return tl::unexpected(*error);
  }
  const auto next = walk.mark().position.value + 1;
  if (!row->status().ok())
    return tl::unexpected(*error_at(OpenErrorKind::corrupt, next, row->status().ToString()));
  if (!row->Valid() && walk.mark().position < end.position)
    return tl::unexpected(
        *error_at(OpenErrorKind::gap, next, "the log should end at " + std::to_string(end.position.value)));
  if (walk.mark().position == end.position && walk.mark().chain != end.chain)
    return tl::unexpected(
        *error_at(OpenErrorKind::chain_broken, end.position.value, "the head has another chain link"));
  return WalkedPart{walk.mark(), bytes};
}

std::optional<OpenError> check_tail(const RocksDatabase& database, const Witness::Record& witness,
                                    const LogMark& head) {
  const auto missing = [&](std::string_view what, std::uint64_t has, std::uint64_t had) {
    return error_at(OpenErrorKind::log_behind_witness, head.position.value + 1,
                    std::string(what) + " up to " + std::to_string(had) + " were acknowledged, the log ends at " +
                        std::to_string(has));
  };
  if (head.position < witness.head.position)
    return missing("events", head.position.value, witness.head.position.value);
  if (head.group < witness.head.group)
    return missing("append groups", head.group, witness.head.group);
  const auto check = [&](const FrameView&, const LogMark& mark) -> std::optional<OpenError> {
    if (mark.position != witness.head.position || mark.chain == witness.head.chain)
      return std::nullopt;
    return error_at(OpenErrorKind::chain_broken, mark.position.value, "the witness has another chain link");
  };
  if (auto error = walk_log(database, nullptr, witness.anchor, head, check))
    return error;
  return check_groups(database, witness.anchor, head);
}

}  // namespace gatehouse
