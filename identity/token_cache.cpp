#include "identity/token_cache.hpp"

#include <algorithm>

namespace gatehouse::identity {

TokenCache::TokenCache(std::size_t entries_max)
    : shard_entries_max_(std::max<std::size_t>(entries_max / shard_count, 1)) {}

std::shared_ptr<const Claims> TokenCache::find(const Sha256& token, UnixSeconds now, std::uint64_t generation) {
  auto& shard = shard_of(token);
  const std::lock_guard lock{shard.mutex};
  const auto found = shard.entries.find(token);
  if (found == shard.entries.end()) {
    return nullptr;
  }
  const auto& entry = found->second;
  if (now >= entry.claims->expires_at || entry.generation != generation) {
    shard.oldest_first.erase(entry.age);
    shard.entries.erase(found);
    return nullptr;
  }
  return entry.claims;
}

void TokenCache::insert(const Sha256& token, std::shared_ptr<const Claims> claims, std::uint64_t generation) {
  auto& shard = shard_of(token);
  const std::lock_guard lock{shard.mutex};
  if (const auto found = shard.entries.find(token); found != shard.entries.end()) {
    found->second.claims = std::move(claims);
    found->second.generation = generation;
    return;
  }
  if (shard.entries.size() == shard_entries_max_) {
    shard.entries.erase(shard.oldest_first.front());
    shard.oldest_first.pop_front();
  }
  const auto age = shard.oldest_first.insert(shard.oldest_first.end(), token);
  shard.entries.emplace(token, Entry{std::move(claims), generation, age});
}

std::size_t TokenCache::size() const {
  std::size_t total = 0;
  for (const auto& shard : shards_) {
    const std::lock_guard lock{shard.mutex};
    total += shard.entries.size();
  }
  return total;
}

}  // namespace gatehouse::identity
