// A growing Merkle tree without its leaves: the roots of the perfect subtrees that it consists of, at most one of each height. Enough to append and
// to know the root at any size.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "tlog/hash.hpp"

namespace gatehouse::tlog {

class Frontier {
 public:
  Frontier() = default;
  // Nothing unless there are as many peaks as a tree of that size has. From the left, the highest first.
  [[nodiscard]] static std::optional<Frontier> restore(std::uint64_t size, std::vector<Hash> peaks);

  void append(const Hash& leaf) {
    append(leaf, [](unsigned, std::uint64_t, const Hash&) {});
  }
  // Tells `completed` of each subtree that the leaf completes, itself first: its height, its index among those of its height, its root.
  template <class Completed>
  void append(const Hash& leaf, const Completed& completed) {
    Hash hash = leaf;
    unsigned height = 0;
    completed(height, size_, hash);
    for (auto left = size_; (left & 1U) != 0; left >>= 1U) {
      hash = inner_hash(peaks_.back(), hash);
      peaks_.pop_back();
      completed(++height, left >> 1U, hash);
    }
    peaks_.push_back(hash);
    ++size_;
  }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const std::vector<Hash>& peaks() const { return peaks_; }
  [[nodiscard]] Hash root() const;

 private:
  std::uint64_t size_{};
  std::vector<Hash> peaks_;
};

}  // namespace gatehouse::tlog
