#include "transparency/account_map.hpp"

#include "transparency/rows.hpp"

namespace gatehouse::transparency {

namespace {

using tlog::Hash;

constexpr Hash empty{};
constexpr unsigned bits_of_byte = 8;

bool goes_right(const Hash& key, unsigned depth) {
  return (key[depth / bits_of_byte] >> (bits_of_byte - 1 - depth % bits_of_byte) & 1U) != 0;
}

Hash first_bits(const Hash& key, unsigned depth) {
  Hash prefix{};
  for (unsigned bit = 0; bit < depth; ++bit) {
    if (goes_right(key, bit))
      prefix[bit / bits_of_byte] |= static_cast<std::uint8_t>(1U << (bits_of_byte - 1 - bit % bits_of_byte));
  }
  return prefix;
}

std::string row_key(const Hash& key, unsigned depth) { return keys::map_node(depth, first_bits(key, depth)); }

class Insertion {
 public:
  Insertion(Table& rows, const Hash& key, const Hash& leaf) : rows_(rows), key_(key), leaf_(leaf) {}

  // The hash of the subtree at this depth, afterwards.
  Hash at(unsigned depth) {
    const auto node = read<MapNodeRow>(rows_, row_key(key_, depth));
    if (!node || (node->is_leaf && node->left == key_))
      return put_leaf(depth, key_, leaf_);
    if (node->is_leaf)
      return part_from(node->left, node->right, depth);
    return put_inner(depth, at(depth + 1), goes_right(key_, depth) ? node->left : node->right);
  }

 private:
  Hash put_leaf(unsigned depth, const Hash& key, const Hash& leaf) {
    rows_.put(row_key(key, depth), pack(MapNodeRow{true, key, leaf}));
    return leaf;
  }

  Hash put_inner(unsigned depth, const Hash& ours, const Hash& other) {
    const bool right = goes_right(key_, depth);
    const MapNodeRow node{false, right ? other : ours, right ? ours : other};
    rows_.put(row_key(key_, depth), pack(node));
    return tlog::inner_hash(node.left, node.right);
  }

  // Where another leaf had the place for itself both go down until their ways part.
  Hash part_from(const Hash& other_key, const Hash& other_leaf, unsigned depth) {
    if (goes_right(key_, depth) == goes_right(other_key, depth))
      return put_inner(depth, part_from(other_key, other_leaf, depth + 1), empty);
    const auto other = put_leaf(depth + 1, other_key, other_leaf);
    return put_inner(depth, put_leaf(depth + 1, key_, leaf_), other);
  }

  Table& rows_;
  const Hash& key_;
  const Hash& leaf_;
};

}  // namespace

Hash map_key(const AccountId& account) { return identity::sha256(account.value); }

Hash map_leaf(const Hash& key, const AccountHead& head) {
  std::string entry(tlog::as_bytes(key));
  for (unsigned shift = 64; shift > 0; shift -= bits_of_byte)
    entry += static_cast<char>(head.version >> (shift - bits_of_byte));
  return tlog::leaf_hash(entry.append(tlog::as_bytes(head.root)));
}

Hash set_head(Table& rows, const AccountId& account, const AccountHead& head) {
  const auto key = map_key(account);
  const auto leaf = map_leaf(key, head);
  return Insertion(rows, key, leaf).at(0);
}

std::optional<Siblings> siblings_of(const TableReader& rows, const AccountId& account) {
  const auto key = map_key(account);
  Siblings siblings;
  for (unsigned depth = 0;; ++depth) {
    const auto node = read<MapNodeRow>(rows, row_key(key, depth));
    if (!node)
      return std::nullopt;
    if (node->is_leaf)
      return node->left == key ? std::optional(std::move(siblings)) : std::nullopt;
    siblings.push_back(goes_right(key, depth) ? node->left : node->right);
  }
}

Hash root_by(const AccountId& account, const AccountHead& head, const Siblings& siblings) {
  const auto key = map_key(account);
  auto hash = map_leaf(key, head);
  for (auto depth = static_cast<unsigned>(siblings.size()); depth > 0; --depth) {
    const auto& sibling = siblings[depth - 1];
    hash = goes_right(key, depth - 1) ? tlog::inner_hash(sibling, hash) : tlog::inner_hash(hash, sibling);
  }
  return hash;
}

}  // namespace gatehouse::transparency
