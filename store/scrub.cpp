#include "store/scrub.hpp"

#include <utility>

#include "store/rocks_log_check.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t readahead_bytes = 1U << 20;

}  // namespace

Scrub::Scrub(std::shared_ptr<const RocksDatabase> database, const stored::LogHead& head,
             std::vector<std::shared_ptr<const RocksFamily>> tables)
    : database_(std::move(database)), end_(head.mark), tables_(std::move(tables)) {}

tl::expected<std::uint64_t, ScrubDamage> Scrub::read(std::uint64_t bytes) {
  if (mark_.position < end_.position)
    return read_log(bytes);
  return tables_.empty() ? 0 : read_table(bytes);
}

tl::expected<std::uint64_t, ScrubDamage> Scrub::read_log(std::uint64_t bytes) {
  const auto walked = walk_log_part(*database_, mark_, end_, bytes);
  if (!walked)
    return tl::unexpected(ScrubDamage{"log", walked.error()});
  mark_ = walked->mark;
  return walked->bytes;
}

tl::expected<std::uint64_t, ScrubDamage> Scrub::read_table(std::uint64_t bytes) {
  const auto& table = *tables_.back();
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.readahead_size = readahead_bytes;
  options.total_order_seek = true;  // every block, whatever the table's filters say
  const std::unique_ptr<rocksdb::Iterator> row(database_->db->NewIterator(options, table.handle()));
  std::uint64_t read = 1;  // also where a table is empty: 0 is the end of all
  for (row->Seek(next_key_); row->Valid() && read < bytes; row->Next())
    read += row->key().size() + row->value().size();
  if (!row->status().ok())
    return tl::unexpected(ScrubDamage{table.name(), {OpenErrorKind::corrupt, {}, row->status().ToString()}});
  if (row->Valid()) {
    next_key_ = row->key().ToString();
  } else {
    next_key_.clear();
    tables_.pop_back();
  }
  return read;
}

}  // namespace gatehouse
