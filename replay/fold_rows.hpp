// Rows in memory by the million, found by key: each is one piece of an arena, its value behind its key, and the index holds a hash and a place for
// it. What changed values and forgotten rows leave is used again for values alone; everything goes at once.
#pragma once
#include <array>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse {

class FoldRow {
 public:
  [[nodiscard]] std::string_view key() const { return {reinterpret_cast<const char*>(this + 1), key_size_}; }
  // None: erased, over a base.
  [[nodiscard]] std::optional<std::string_view> value() const {
    return value_size_ == erased ? std::nullopt : std::optional(std::string_view(value_, value_size_));
  }

 private:
  friend class FoldRows;
  static constexpr std::uint32_t erased = UINT32_MAX;

  FoldRow(std::string_view key, char* value, std::uint32_t capacity)
      : value_(value), capacity_(capacity), key_size_(static_cast<std::uint32_t>(key.size())) {}

  char* value_;  // null: forgotten
  std::uint32_t capacity_;
  std::uint32_t value_size_ = erased;
  std::uint32_t key_size_;
};

class FoldRows {
 public:
  using Value = std::optional<std::string_view>;

  // Where the row of a key is, or would be: found once, for what is asked and done about the key before any other.
  class Spot {
   public:
    // Null: there is none. A row keeps its place until it is forgotten.
    [[nodiscard]] const FoldRow* row() const { return row_; }

   private:
    friend class FoldRows;
    Spot(std::size_t hash, FoldRow* row) : hash_(hash), row_(row) {}
    std::size_t hash_;
    FoldRow* row_;
  };
  [[nodiscard]] Spot find(std::string_view key) const;
  const FoldRow* set(const Spot& spot, std::string_view key, Value value);
  // A row that is not there, and that find is never asked for: it is in no index.
  void add_unread(std::string_view key, std::string_view value);
  // One that is there.
  void forget(const Spot& spot, std::string_view key);
  void clear();
  // There are going to be `times` as many rows, roughly, and memory is there for `rows_max`: an index that is about to grow does so once for all.
  void make_room(double times, std::size_t rows_max);

  [[nodiscard]] std::size_t size() const { return rows_.size() - forgotten_; }
  [[nodiscard]] std::size_t memory_bytes() const;
  // By their keys, each with the eight bytes of it that were compared last.
  struct Sorted {
    std::uint64_t bytes{};
    const FoldRow* row{};
  };
  [[nodiscard]] std::vector<Sorted> sorted() const;
  template <class Visit>
  void visit_found(const Visit& visit) const {
    for (const auto& place : index_)
      visit(place.row);
  }

 private:
  struct Place {
    std::size_t hash{};
    FoldRow* row{};
  };
  struct Sought {
    std::size_t hash{};
    std::string_view key;
  };
  struct Hash {
    using is_transparent = void;
    using is_avalanching = void;
    std::size_t operator()(const Place& place) const { return place.hash; }
    std::size_t operator()(const Sought& sought) const { return sought.hash; }
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(const Place& one, const Place& other) const { return one.row == other.row; }
    bool operator()(const Sought& sought, const Place& place) const {
      return sought.hash == place.hash && sought.key == place.row->key();
    }
    bool operator()(const Place& place, const Sought& sought) const { return (*this)(sought, place); }
  };
  using Index = boost::unordered_flat_set<Place, Hash, Equal>;

  static Sought sought(std::string_view key) { return {std::hash<std::string_view>{}(key), key}; }
  FoldRow* make(std::string_view key, Value value);
  void assign(FoldRow& row, Value value);
  char* take(std::size_t bytes);
  char* take_block(std::size_t bytes);
  void leave_block(char* block, std::size_t bytes);

  static constexpr std::size_t block_step = 16;
  static constexpr std::size_t blocks_bytes_max = 4096;  // larger ones are left until everything goes

  Index index_;
  std::vector<FoldRow*> rows_;  // in the order in which they came, as they lie in memory; forgotten ones, too
  std::size_t forgotten_ = 0;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* free_ = nullptr;  // of the last chunk
  std::size_t free_bytes_ = 0;
  std::size_t taken_bytes_ = 0;
  std::array<char*, blocks_bytes_max / block_step + 1> left_{};  // by size; each begins with the place of the next
};

}  // namespace gatehouse
