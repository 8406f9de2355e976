// Inclusion and consistency proofs (RFC 6962 section 2.1.1 and 2.1.2; verified as RFC 9162 section 2.1.3.2 and 2.1.4.2 say).
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "tlog/hash.hpp"

namespace gatehouse::tlog {

using Path = std::vector<Hash>;
inline constexpr std::size_t path_hashes_max = 64;

// The root of the perfect subtree of 2^height leaves with this index among those of its height.
using SubtreeReader = std::function<Hash(unsigned height, std::uint64_t index)>;

[[nodiscard]] Hash root_of(std::uint64_t size, const SubtreeReader& subtrees);
// From the leaf's sibling up. `index` < `size`.
[[nodiscard]] Path inclusion_proof(std::uint64_t index, std::uint64_t size, const SubtreeReader& subtrees);
// `from` <= `to`; empty when they are equal or `from` is 0.
[[nodiscard]] Path consistency_proof(std::uint64_t from, std::uint64_t to, const SubtreeReader& subtrees);

[[nodiscard]] bool proves_inclusion(const Path& path, std::uint64_t index, const Hash& leaf, std::uint64_t size,
                                    const Hash& root);
struct TreeHead {
  std::uint64_t size{};
  Hash root{};
};
[[nodiscard]] bool proves_consistency(const Path& path, const TreeHead& from, const TreeHead& to);

}  // namespace gatehouse::tlog
