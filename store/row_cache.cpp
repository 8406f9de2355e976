#include "store/row_cache.hpp"

#include <functional>
#include <iterator>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t row_overhead_bytes = 160;  // list node, index node and bucket, string headers
constexpr std::size_t rows_per_shard_min = 4;    // a larger row is not kept, lest it drives out the others

std::size_t bytes_of(std::string_view key, const RowCache::Value& value) {
  return row_overhead_bytes + key.size() + (value ? value->size() : 0);
}

}  // namespace

RowCache::HashedKey::HashedKey(std::string_view text) : key(text), hash(std::hash<std::string_view>{}(text)) {}

bool RowCache::keeps(std::size_t bytes) const { return bytes <= shard_bytes_max_ / rows_per_shard_min; }

// The index uses the hash's other bits.
RowCache::Shard& RowCache::shard_of(const HashedKey& key) { return shards_[(key.hash >> 24U) % shards_count]; }

// Takes a few others for it, which does no harm.
bool RowCache::was_read_before(Shard& shard, const HashedKey& key) {
  const auto mark = static_cast<std::uint8_t>(key.hash >> 56U);
  return std::exchange(shard.marks[(key.hash >> 40U) % marks_count], mark) == mark;
}

std::optional<RowCache::Value> RowCache::find(std::string_view key, std::uint64_t group) {
  const HashedKey hashed(key);
  auto& shard = shard_of(hashed);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.index.find(hashed);
  if (found == shard.index.end() || found->second->since > group)
    return std::nullopt;
  found->second->used = true;
  return found->second->value;
}

void RowCache::remember(std::string_view key, const Value& value, std::uint64_t group) {
  const HashedKey hashed(key);
  auto& shard = shard_of(hashed);
  const std::lock_guard lock(shard.mutex);
  if (shard.last_written > group || shard.index.contains(hashed) || (!value && !was_read_before(shard, hashed)))
    return;
  insert(shard, hashed, value, group);
}

void RowCache::written(std::string_view key, const Value& value, std::uint64_t group) {
  const HashedKey hashed(key);
  auto& shard = shard_of(hashed);
  const std::lock_guard lock(shard.mutex);
  shard.last_written = group;
  const auto found = shard.index.find(hashed);
  if (found == shard.index.end())
    return;
  const auto row = found->second;
  const auto bytes = bytes_of(key, value);
  shard.bytes -= bytes_of(row->key, row->value);
  if (!keeps(bytes)) {
    shard.index.erase(found);
    shard.rows.erase(row);
    return;
  }
  row->value = value;
  row->since = group;
  row->used = false;
  shard.bytes += bytes;
  shard.rows.splice(shard.rows.begin(), shard.rows, row);
  drop_unused(shard, shard_bytes_max_);
}

void RowCache::insert(Shard& shard, const HashedKey& key, const Value& value, std::uint64_t since) {
  const auto bytes = bytes_of(key.key, value);
  if (!keeps(bytes))
    return;
  shard.rows.push_front({std::string(key.key), value, since});
  shard.index.emplace(HashedKey(shard.rows.front().key), shard.rows.begin());
  shard.bytes += bytes;
  drop_unused(shard, shard_bytes_max_);
}

void RowCache::drop_unused(Shard& shard, std::size_t bytes_max) {
  while (shard.bytes > bytes_max) {
    const auto last = std::prev(shard.rows.end());
    if (std::exchange(last->used, false)) {
      shard.rows.splice(shard.rows.begin(), shard.rows, last);
      continue;
    }
    shard.bytes -= bytes_of(last->key, last->value);
    shard.index.erase(HashedKey(last->key));
    shard.rows.erase(last);
  }
}

}  // namespace gatehouse
