// Remembers tokens that were verified, so that the next request with the same token costs a hash and a look-up instead
// of a signature. The key is the token's SHA-256: the cache holds no token. An entry counts until the token expires or
// the trusted keys change. Safe from any thread; split into shards so that threads rarely meet.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "identity/claims.hpp"
#include "identity/digest.hpp"

namespace gatehouse::identity {

inline constexpr std::size_t cached_tokens_max = 100'000;

class TokenCache {
 public:
  explicit TokenCache(std::size_t entries_max = cached_tokens_max);

  // Nothing for a token that is unknown, has expired at `now`, or was verified against an earlier generation of keys.
  [[nodiscard]] std::shared_ptr<const Claims> find(const Sha256& token, UnixSeconds now, std::uint64_t generation);
  // A full shard forgets its oldest entry.
  void insert(const Sha256& token, std::shared_ptr<const Claims> claims, std::uint64_t generation);
  [[nodiscard]] std::size_t size() const;

 private:
  static constexpr std::size_t shard_count = 64;

  struct DigestHash {
    std::size_t operator()(const Sha256& digest) const {
      std::size_t hash{};
      std::memcpy(&hash, digest.data() + 1, sizeof hash);  // the first byte chooses the shard
      return hash;
    }
  };
  struct Entry {
    std::shared_ptr<const Claims> claims;
    std::uint64_t generation{};
    std::list<Sha256>::iterator age;
  };
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<Sha256, Entry, DigestHash> entries;
    std::list<Sha256> oldest_first;
  };

  [[nodiscard]] Shard& shard_of(const Sha256& token) { return shards_[token.front() % shard_count]; }

  std::size_t shard_entries_max_;
  std::array<Shard, shard_count> shards_;
};

}  // namespace gatehouse::identity
