#include "tlog/tree_proof.hpp"

#include <bit>

#include "table/assert.hpp"

namespace gatehouse::tlog {

namespace {

struct Range {
  std::uint64_t begin{};
  std::uint64_t end{};
  [[nodiscard]] std::uint64_t size() const { return end - begin; }
  // Where RFC 6962 divides it: after the largest power of two that is smaller than it.
  [[nodiscard]] std::uint64_t middle() const { return begin + std::bit_floor(size() - 1); }
};

Hash hash_of(const Range& range, const SubtreeReader& subtrees) {
  if (std::has_single_bit(range.size())) {
    const auto height = static_cast<unsigned>(std::countr_zero(range.size()));
    return subtrees(height, range.begin >> height);
  }
  const auto middle = range.middle();
  const auto left = hash_of({range.begin, middle}, subtrees);
  return inner_hash(left, hash_of({middle, range.end}, subtrees));
}

}  // namespace

Hash root_of(std::uint64_t size, const SubtreeReader& subtrees) {
  return size == 0 ? empty_root() : hash_of({0, size}, subtrees);
}

Path inclusion_proof(std::uint64_t index, std::uint64_t size, const SubtreeReader& subtrees) {
  GATEHOUSE_ASSERT(index < size);
  Path down;
  for (Range range{0, size}; range.size() > 1;) {
    const auto middle = range.middle();
    const bool is_left = index < middle;
    const Range left{range.begin, middle};
    const Range right{middle, range.end};
    down.push_back(hash_of(is_left ? right : left, subtrees));
    range = is_left ? left : right;
  }
  return {down.rbegin(), down.rend()};
}

Path consistency_proof(std::uint64_t from, std::uint64_t to, const SubtreeReader& subtrees) {
  GATEHOUSE_ASSERT(from <= to);
  if (from == 0 || from == to)
    return {};
  Path down;
  Range range{0, to};
  bool is_known = true;  // whether the verifier has the hash of the range's part before `from`
  while (range.end != from) {
    const auto middle = range.middle();
    const Range left{range.begin, middle};
    const Range right{middle, range.end};
    if (from <= middle) {
      down.push_back(hash_of(right, subtrees));
      range = left;
    } else {
      down.push_back(hash_of(left, subtrees));
      range = right;
      is_known = false;
    }
  }
  if (!is_known)
    down.push_back(hash_of(range, subtrees));
  return {down.rbegin(), down.rend()};
}

bool proves_inclusion(const Path& path, std::uint64_t index, const Hash& leaf, std::uint64_t size, const Hash& root) {
  if (index >= size)
    return false;
  auto place = index;
  auto last = size - 1;
  Hash hash = leaf;
  for (const auto& sibling : path) {
    if (last == 0)
      return false;
    if ((place & 1U) != 0 || place == last) {
      hash = inner_hash(sibling, hash);
      while ((place & 1U) == 0 && place != 0) {
        place >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = inner_hash(hash, sibling);
    }
    place >>= 1U;
    last >>= 1U;
  }
  return last == 0 && hash == root;
}

bool proves_consistency(const Path& path, const TreeHead& from, const TreeHead& to) {
  if (from.size > to.size)
    return false;
  if (from.size == to.size)
    return path.empty() && from.root == to.root;
  if (from.size == 0)
    return path.empty() && from.root == empty_root();
  if (path.empty() && !std::has_single_bit(from.size))
    return false;
  auto next = path.begin();
  auto place = from.size - 1;
  auto last = to.size - 1;
  while ((place & 1U) != 0) {
    place >>= 1U;
    last >>= 1U;
  }
  Hash old_root = std::has_single_bit(from.size) ? from.root : *next++;
  Hash new_root = old_root;
  for (; next != path.end(); ++next) {
    if (last == 0)
      return false;
    if ((place & 1U) != 0 || place == last) {
      old_root = inner_hash(*next, old_root);
      new_root = inner_hash(*next, new_root);
      while ((place & 1U) == 0 && place != 0) {
        place >>= 1U;
        last >>= 1U;
      }
    } else {
      new_root = inner_hash(new_root, *next);
    }
    place >>= 1U;
    last >>= 1U;
  }
  return last == 0 && old_root == from.root && new_root == to.root;
}

}  // namespace gatehouse::tlog
