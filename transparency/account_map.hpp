// The map of the accounts' heads: a binary Merkle tree over the hashes of their ids, in which an account has exactly one place
// (docs/transparency.md). Setting a head costs as many rows as the tree is deep: about the logarithm of the number of accounts.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "events/ids.hpp"
#include "table/table.hpp"
#include "tlog/hash.hpp"

namespace gatehouse::transparency {

// How far an account has come: its tree's size and root.
struct AccountHead {
  std::uint64_t version{};
  tlog::Hash root{};
  bool operator==(const AccountHead&) const = default;
};

[[nodiscard]] tlog::Hash map_key(const AccountId& account);
[[nodiscard]] tlog::Hash map_leaf(const tlog::Hash& key, const AccountHead& head);

// The new root.
tlog::Hash set_head(Table& rows, const AccountId& account, const AccountHead& head);

using Siblings = std::vector<tlog::Hash>;  // from the root down
// Nothing when the account is not in the map.
[[nodiscard]] std::optional<Siblings> siblings_of(const TableReader& rows, const AccountId& account);
[[nodiscard]] tlog::Hash root_by(const AccountId& account, const AccountHead& head, const Siblings& siblings);

}  // namespace gatehouse::transparency
