// The newest value of the rows that are read, so that what many ask for is answered from memory, and that there is no row where many look for one. That is
// kept when it is read a second time: whoever makes something new looks once whether it is there, and would drive the others out. A cached row is exact for every snapshot from the group in which it was last written on; for
// an older snapshot it counts as unknown. Bounded by bytes: the oldest go first that nobody asked for since it was last their turn. Thread-safe.
#pragma once
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

class RowCache {
 public:
  using Value = std::optional<std::string>;  // none: there is no such row

  explicit RowCache(std::size_t bytes_max) : shard_bytes_max_(bytes_max / shards_count) {}

  // The row as the snapshot of `group` has it, if that is known.
  [[nodiscard]] std::optional<Value> find(std::string_view key, std::uint64_t group);
  // Keeps what was read at the snapshot of `group`, unless something was written since that may have changed it; nothing, only when it is not the first time
  // lately.
  void remember(std::string_view key, const Value& value, std::uint64_t group);
  // To be told of every row of every group, after it is durable and before any reader sees it; groups ascend.
  void written(std::string_view key, const Value& value, std::uint64_t group);

 private:
  struct Row {
    std::string key;
    Value value;
    std::uint64_t since{};  // the group that wrote it, or one at which it was read
    bool used = false;      // since it was last its turn to go
  };
  // A key with its hash, which tells the shard and the place in it.
  struct HashedKey {
    explicit HashedKey(std::string_view text);
    std::string_view key;
    std::size_t hash;
    bool operator==(const HashedKey& other) const { return key == other.key; }
  };
  struct HashOfKey {
    using is_avalanching = void;
    std::size_t operator()(const HashedKey& key) const { return key.hash; }
  };
  static constexpr std::size_t shards_count = 256;
  static constexpr std::size_t marks_count = 1'024;
  struct Shard {
    std::mutex mutex;
    std::list<Row> rows;  // the next to go is the last
    boost::unordered_flat_map<HashedKey, std::list<Row>::iterator, HashOfKey> index;
    std::size_t bytes{};
    std::uint64_t last_written{};  // the last group that wrote any row of the shard
    std::array<std::uint8_t, marks_count>
        marks{};  // of keys that were looked for: eight bits of a key's hash at a place that others of them tell
  };

  [[nodiscard]] Shard& shard_of(const HashedKey& key);
  [[nodiscard]] bool keeps(std::size_t bytes) const;
  [[nodiscard]] static bool was_read_before(Shard& shard, const HashedKey& key);
  void insert(Shard& shard, const HashedKey& key, const Value& value, std::uint64_t since);
  static void drop_unused(Shard& shard, std::size_t bytes_max);

  std::size_t shard_bytes_max_;
  std::array<Shard, shards_count> shards_;
};

}  // namespace gatehouse
