#include "replay/fold_rows.hpp"

#include <algorithm>
#include <boost/sort/pdqsort/pdqsort.hpp>
#include <cstring>
#include <new>
#include <span>
#include <utility>

#include "store/memory_pages.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t chunk_bytes = std::size_t{1} << 20U;
constexpr std::size_t rows_read_once_min = 32;
constexpr std::size_t place_bytes = 25;  // in the index, with what it keeps free

std::size_t rounded(std::size_t bytes, std::size_t step) { return (bytes + step - 1) / step * step; }

// Big-endian, so that numbers compare as the bytes do; a key that ends before has zeros.
std::uint64_t eight_bytes(std::string_view key, std::size_t from) {
  std::uint64_t bytes = 0;
  if (from < key.size())
    std::memcpy(&bytes, key.data() + from, std::min(sizeof bytes, key.size() - from));
  return __builtin_bswap64(bytes);
}

// How many bytes all keys begin with, given that it is `known` at least.
std::size_t shared_bytes(std::span<const FoldRows::Sorted> rows, std::size_t known) {
  const auto first = rows.front().row->key();
  auto shared = first.size();
  for (const auto& [bytes, row] : rows) {
    const auto key = row->key().substr(0, shared);
    if (key.size() <= known)
      return known;
    shared = static_cast<std::size_t>(std::ranges::mismatch(key.substr(known), first.substr(known)).in1 - key.begin());
  }
  return shared;
}

// Keys lie all over the memory and begin alike: to compare them again and again waits for memory most of the time. So each is read once for the
// eight bytes behind what they share, and those that are the same in them once more behind that. `shared` bytes are the same in all keys.
void sort_after(std::span<FoldRows::Sorted> rows, std::size_t shared) {
  if (rows.size() < rows_read_once_min) {
    std::ranges::sort(rows, {}, [](const auto& sorted) { return sorted.row->key(); });
    return;
  }
  shared = shared_bytes(rows, shared);
  for (auto& [bytes, row] : rows)
    bytes = eight_bytes(row->key(), shared);
  boost::sort::pdqsort_branchless(rows.begin(), rows.end(),
                                  [](const auto& one, const auto& other) { return one.bytes < other.bytes; });
  for (auto begin = rows.begin(); begin != rows.end();) {
    const auto end = std::find_if(begin, rows.end(), [begin](const auto& one) { return one.bytes != begin->bytes; });
    const std::span same(begin, end);
    if (same.size() == rows.size())  // nothing but zeros
      std::ranges::sort(rows, {}, [](const auto& sorted) { return sorted.row->key(); });
    else if (same.size() > 1)
      sort_after(same, shared + sizeof(std::uint64_t));
    begin = end;
  }
}

void copy(char* to, std::string_view from) {
  if (!from.empty())
    std::memcpy(to, from.data(), from.size());
}

}  // namespace

FoldRows::Spot FoldRows::find(std::string_view key) const {
  const auto wanted = sought(key);
  const auto found = index_.find(wanted);
  return {wanted.hash, found == index_.end() ? nullptr : found->row};
}

const FoldRow* FoldRows::set(const Spot& spot, std::string_view key, Value value) {
  if (spot.row_ != nullptr) {
    assign(*spot.row_, value);
    return spot.row_;
  }
  auto* row = make(key, value);
  index_.insert({spot.hash_, row});
  return row;
}

void FoldRows::add_unread(std::string_view key, std::string_view value) { make(key, value); }

void FoldRows::forget(const Spot& spot, std::string_view key) {
  index_.erase(index_.find(Sought{spot.hash_, key}));
  spot.row_->value_ = nullptr;
  ++forgotten_;
}

void FoldRows::make_room(double times, std::size_t rows_max) {
  if (index_.size() + index_.size() / 4 < index_.max_load())
    return;
  const auto wanted = [&](std::size_t rows) {
    return std::max(rows, std::min(rows_max, static_cast<std::size_t>(static_cast<double>(rows) * times)));
  };
  index_.reserve(wanted(index_.size()));
  rows_.reserve(wanted(rows_.size()));
}

void FoldRows::clear() {
  index_ = Index();
  rows_ = std::vector<FoldRow*>();
  chunks_.clear();
  left_ = {};
  free_ = nullptr;
  free_bytes_ = taken_bytes_ = forgotten_ = 0;
}

std::size_t FoldRows::memory_bytes() const {
  return taken_bytes_ + index_.size() * place_bytes + rows_.capacity() * sizeof(FoldRow*);
}

std::vector<FoldRows::Sorted> FoldRows::sorted() const {
  std::vector<Sorted> rows;
  rows.reserve(size());
  for (const auto* row : rows_) {
    if (row->value_ != nullptr)
      rows.push_back({0, row});
  }
  sort_after(rows, 0);
  return rows;
}

FoldRow* FoldRows::make(std::string_view key, Value value) {
  const auto value_size = value ? value->size() : 0;
  GATEHOUSE_ASSERT(key.size() < FoldRow::erased && value_size < FoldRow::erased);
  const auto bytes = rounded(sizeof(FoldRow) + key.size() + value_size, alignof(FoldRow));
  auto* place = take(bytes);
  auto* key_place = place + sizeof(FoldRow);
  copy(key_place, key);
  const auto capacity = bytes - sizeof(FoldRow) - key.size();
  auto* row = new (place) FoldRow(key, key_place + key.size(), static_cast<std::uint32_t>(capacity));
  assign(*row, value);
  rows_.push_back(row);
  return row;
}

void FoldRows::assign(FoldRow& row, Value value) {
  if (!value) {
    row.value_size_ = FoldRow::erased;
    return;
  }
  GATEHOUSE_ASSERT(value->size() < FoldRow::erased);
  if (value->size() > row.capacity_) {
    const auto capacity = rounded(value->size() + value->size() / 2, block_step);
    auto* block = take_block(capacity);
    if (row.value_ != row.key().data() + row.key_size_)
      leave_block(row.value_, row.capacity_);
    row.value_ = block;
    row.capacity_ = static_cast<std::uint32_t>(std::min<std::size_t>(capacity, FoldRow::erased));
  }
  copy(row.value_, *value);
  row.value_size_ = static_cast<std::uint32_t>(value->size());
}

char* FoldRows::take(std::size_t bytes) {
  taken_bytes_ += bytes;
  if (bytes > free_bytes_) {
    const auto size = std::max(bytes, chunk_bytes);
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    free_ = chunks_.back().get();
    if (chunks_.size() > 1)  // a small fold never comes to most pages of its first one
      fetch_pages(free_, size);
    free_bytes_ = size;
  }
  free_bytes_ -= bytes;
  return std::exchange(free_, free_ + bytes);
}

char* FoldRows::take_block(std::size_t bytes) {
  if (bytes > blocks_bytes_max || left_[bytes / block_step] == nullptr)
    return take(bytes);
  auto* block = left_[bytes / block_step];
  std::memcpy(&left_[bytes / block_step], block, sizeof(char*));
  return block;
}

void FoldRows::leave_block(char* block, std::size_t bytes) {
  if (bytes > blocks_bytes_max)
    return;
  std::memcpy(block, &left_[bytes / block_step], sizeof(char*));
  left_[bytes / block_step] = block;
}

}  // namespace gatehouse
