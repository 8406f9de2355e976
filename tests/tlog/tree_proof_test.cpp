#include "tlog/tree_proof.hpp"

#include <gtest/gtest.h>

#include "tlog/frontier.hpp"

namespace gatehouse::tlog {
namespace {

// RFC 6962 section 2.1, word for word: the other way to the same hashes.
Hash tree_hash(const std::vector<Hash>& leaves, std::size_t begin, std::size_t end) {
  if (begin == end)
    return identity::sha256({});
  if (end - begin == 1)
    return leaves[begin];
  std::size_t k = 1;
  while (2 * k < end - begin)
    k *= 2;
  return inner_hash(tree_hash(leaves, begin, begin + k), tree_hash(leaves, begin + k, end));
}

struct Tree {
  explicit Tree(std::uint64_t size) {
    for (std::uint64_t index = 0; index < size; ++index)
      leaves.push_back(leaf_hash(std::to_string(index)));
  }
  [[nodiscard]] Hash root(std::uint64_t size) const { return tree_hash(leaves, 0, size); }
  [[nodiscard]] SubtreeReader reader() const {
    return [this](unsigned height, std::uint64_t index) {
      return tree_hash(leaves, index << height, (index + 1) << height);
    };
  }
  std::vector<Hash> leaves;
};

Hash from_hex(std::string_view text) {
  Hash hash{};
  for (std::size_t place = 0; place < hash.size(); ++place)
    hash[place] = static_cast<std::uint8_t>(std::stoul(std::string(text.substr(2 * place, 2)), nullptr, 16));
  return hash;
}

// The test vectors that implementations of Certificate Transparency share: eight leaves.
TEST(TreeProof, the_roots_are_those_of_the_known_example) {
  using std::string_literals::operator""s;
  const std::vector<std::string> entries{"",
                                         "\x00"s,
                                         "\x10",
                                         "\x20\x21",
                                         "\x30\x31",
                                         "\x40\x41\x42\x43",
                                         "\x50\x51\x52\x53\x54\x55\x56\x57",
                                         "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  Frontier frontier;
  EXPECT_EQ(frontier.root(), from_hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  frontier.append(leaf_hash(entries[0]));
  EXPECT_EQ(frontier.root(), from_hex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"));
  for (std::size_t index = 1; index < entries.size(); ++index)
    frontier.append(leaf_hash(entries[index]));
  EXPECT_EQ(frontier.root(), from_hex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"));
}

TEST(TreeProof, a_frontier_has_the_root_at_every_size_and_tells_of_every_subtree) {
  const Tree tree(300);
  Frontier frontier;
  for (std::uint64_t size = 0; size < tree.leaves.size(); ++size) {
    ASSERT_EQ(frontier.root(), tree.root(size)) << size;
    ASSERT_TRUE(Frontier::restore(size, frontier.peaks()).has_value());
    EXPECT_EQ(Frontier::restore(size, frontier.peaks())->root(), frontier.root());
    frontier.append(tree.leaves[size], [&](unsigned height, std::uint64_t index, const Hash& hash) {
      ASSERT_EQ(hash, tree.reader()(height, index));
    });
  }
  EXPECT_FALSE(Frontier::restore(3, {tree.leaves[0]}).has_value());
}

TEST(TreeProof, inclusion_is_proven_for_every_leaf_of_every_size_and_for_nothing_else) {
  const Tree tree(40);
  for (std::uint64_t size = 1; size <= tree.leaves.size(); ++size) {
    const auto root = tree.root(size);
    EXPECT_EQ(root_of(size, tree.reader()), root);
    for (std::uint64_t index = 0; index < size; ++index) {
      auto path = inclusion_proof(index, size, tree.reader());
      ASSERT_TRUE(proves_inclusion(path, index, tree.leaves[index], size, root)) << index << " of " << size;
      EXPECT_FALSE(proves_inclusion(path, index, tree.leaves[(index + 1) % 40], size, root));
      if (size > 1) {
        EXPECT_FALSE(proves_inclusion(path, (index + 1) % size, tree.leaves[index], size, root));
        path.back()[7] ^= 1U;
        EXPECT_FALSE(proves_inclusion(path, index, tree.leaves[index], size, root));
        path.pop_back();
        EXPECT_FALSE(proves_inclusion(path, index, tree.leaves[index], size, root));
      }
      path = inclusion_proof(index, size, tree.reader());
      path.push_back(root);
      EXPECT_FALSE(proves_inclusion(path, index, tree.leaves[index], size, root));
      EXPECT_FALSE(proves_inclusion(path, size, tree.leaves[index], size, root));
    }
  }
}

TEST(TreeProof, consistency_is_proven_between_all_sizes_and_for_nothing_else) {
  const Tree tree(40);
  for (std::uint64_t to = 0; to <= tree.leaves.size(); ++to) {
    for (std::uint64_t from = 0; from <= to; ++from) {
      const TreeHead old_head{from, tree.root(from)};
      const TreeHead new_head{to, tree.root(to)};
      auto path = consistency_proof(from, to, tree.reader());
      ASSERT_TRUE(proves_consistency(path, old_head, new_head)) << from << " to " << to;
      auto other_old = old_head;
      other_old.root[0] ^= 1U;
      EXPECT_FALSE(proves_consistency(path, other_old, new_head)) << from << " to " << to;
      auto other_new = new_head;
      other_new.root[31] ^= 1U;
      if (from > 0) {
        EXPECT_FALSE(proves_consistency(path, old_head, other_new)) << from << " to " << to;
      }
      if (from < to) {
        EXPECT_FALSE(proves_consistency(path, new_head, old_head));
      }
      path.push_back(new_head.root);
      EXPECT_FALSE(proves_consistency(path, old_head, new_head));
    }
  }
}

}  // namespace
}  // namespace gatehouse::tlog
