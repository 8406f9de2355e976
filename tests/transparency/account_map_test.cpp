#include "transparency/account_map.hpp"

#include <gtest/gtest.h>

#include <map>

#include "table/memory_table.hpp"

namespace gatehouse::transparency {
namespace {

using Heads = std::map<std::string, AccountHead>;
using Leaves = std::map<tlog::Hash, tlog::Hash>;

bool bit_of(const tlog::Hash& key, unsigned depth) { return ((key[depth / 8] >> (7 - depth % 8)) & 1) != 0; }

// As docs/transparency.md says it, from all heads at once.
tlog::Hash root_of(const Leaves& leaves, unsigned depth = 0) {
  if (leaves.empty())
    return {};
  if (leaves.size() == 1)
    return leaves.begin()->second;
  Leaves left, right;
  for (const auto& leaf : leaves)
    (bit_of(leaf.first, depth) ? right : left).insert(leaf);
  return tlog::inner_hash(root_of(left, depth + 1), root_of(right, depth + 1));
}

tlog::Hash root_of(const Heads& heads) {
  Leaves leaves;
  for (const auto& [account, head] : heads)
    leaves.emplace(map_key(AccountId{account}), map_leaf(map_key(AccountId{account}), head));
  return root_of(leaves);
}

TEST(AccountMap, has_the_root_of_all_heads_whatever_the_order_in_which_they_came) {
  MemoryTable rows;
  Heads heads;
  for (std::uint64_t step = 0; step < 600; ++step) {
    const auto account = "account" + std::to_string(step * 7'919 % 200);
    const AccountHead head{step + 1, tlog::leaf_hash(std::to_string(step))};
    heads[account] = head;
    ASSERT_EQ(set_head(rows, AccountId{account}, head), root_of(heads)) << step;
  }
}

TEST(AccountMap, proves_each_head_and_no_other) {
  MemoryTable rows;
  tlog::Hash root{};
  for (std::uint64_t number = 0; number < 100; ++number)
    root =
        set_head(rows, AccountId{"a" + std::to_string(number)}, {number + 1, tlog::leaf_hash(std::to_string(number))});
  for (std::uint64_t number = 0; number < 100; ++number) {
    const AccountId account{"a" + std::to_string(number)};
    const AccountHead head{number + 1, tlog::leaf_hash(std::to_string(number))};
    const auto siblings = siblings_of(rows, account);
    ASSERT_TRUE(siblings.has_value());
    EXPECT_EQ(root_by(account, head, *siblings), root);
    EXPECT_NE(root_by(account, {number, head.root}, *siblings), root) << "an event fewer";
    EXPECT_NE(root_by(AccountId{"b"}, head, *siblings), root);
  }
  EXPECT_FALSE(siblings_of(rows, AccountId{"nobody"}).has_value());
  EXPECT_FALSE(siblings_of(MemoryTable(), AccountId{"a0"}).has_value());
}

TEST(AccountMap, of_one_account_is_its_leaf) {
  MemoryTable rows;
  const AccountHead head{1, tlog::leaf_hash("x")};
  EXPECT_EQ(set_head(rows, AccountId{"acme"}, head), map_leaf(map_key(AccountId{"acme"}), head));
  EXPECT_TRUE(siblings_of(rows, AccountId{"acme"})->empty());
}

}  // namespace
}  // namespace gatehouse::transparency
