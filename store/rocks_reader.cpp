#include "store/rocks_reader.hpp"

#include <algorithm>

namespace gatehouse {

namespace {
constexpr std::size_t long_scan_readahead_bytes = 2U << 20;
}

RocksReader::RocksReader(std::shared_ptr<RocksFamily> family, std::shared_ptr<RocksSnapshot> snapshot, CachedRows cache)
    : family_(std::move(family)), snapshot_(std::move(snapshot)), cache_(std::move(cache)) {
  options_.snapshot = snapshot_->get();
}

std::optional<std::string> RocksReader::get(std::string_view key) const {
  if (!cache_.rows)
    return read(key);
  if (auto known = cache_.rows->find(key, cache_.group))
    return std::move(*known);
  auto value = read(key);
  cache_.rows->remember(key, value, cache_.group);
  return value;
}

std::optional<std::string> RocksReader::read(std::string_view key) const {
  rocksdb::PinnableSlice value;
  const auto status = family_->db().Get(options_, family_->handle(), as_slice(key), &value);
  if (status.IsNotFound())
    return std::nullopt;
  if (!status.ok())
    stop_on_unreadable(family_->name(), status.ToString());
  return std::string(as_view(value));
}

void RocksReader::scan(std::string_view prefix, std::string_view from, const TableReader::Visitor& visit) const {
  scan_range(std::max(prefix, from), after_prefix(prefix), false, visit);
}

void RocksReader::scan_range(std::string_view first, std::string_view end, bool is_long,
                             const TableReader::Visitor& visit) const {
  auto options = options_;
  const auto bound = as_slice(end);
  if (!end.empty())
    options.iterate_upper_bound = &bound;
  if (is_long) {
    options.fill_cache = false;
    options.readahead_size = long_scan_readahead_bytes;
  }
  const std::unique_ptr<rocksdb::Iterator> row(family_->db().NewIterator(options, family_->handle()));
  for (row->Seek(as_slice(first)); row->Valid(); row->Next()) {
    if (!visit(as_view(row->key()), as_view(row->value())))
      return;
  }
  if (!row->status().ok())
    stop_on_unreadable(family_->name(), row->status().ToString());
}

std::string after_prefix(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff')
    end.pop_back();
  if (!end.empty())
    end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

}  // namespace gatehouse
