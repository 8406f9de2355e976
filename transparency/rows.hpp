// The rows that the trees are kept in, all of them derived from the log (docs/storage-format.md): the frontier of the tree over the log, the roots of its
// full tiles, the frontier of each account's tree, and the map of the accounts' heads.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/archive.hpp"
#include "table/key.hpp"
#include "table/table.hpp"
#include "tlog/frontier.hpp"

namespace gatehouse::transparency {

struct FrontierRow {
  std::uint64_t size{};
  std::vector<tlog::Hash> peaks;
};
BOOST_DESCRIBE_STRUCT(FrontierRow, (), (size, peaks))

// The last AccountHeadsCommitted that the rows contain.
struct HeadsRow {
  std::uint64_t position{};  // of the event
  std::uint64_t through{};
  std::uint64_t accounts{};
  tlog::Hash root{};
};
BOOST_DESCRIBE_STRUCT(HeadsRow, (), (position, through, accounts, root))

// Of a leaf `left` is its key and `right` its hash.
struct MapNodeRow {
  bool is_leaf{};
  tlog::Hash left{};
  tlog::Hash right{};
};
BOOST_DESCRIBE_STRUCT(MapNodeRow, (), (is_leaf, left, right))

namespace keys {
[[nodiscard]] inline std::string log_frontier() { return Key('F').take(); }
[[nodiscard]] inline std::string heads() { return Key('H').take(); }
[[nodiscard]] inline std::string account_frontier(const AccountId& account) {
  return Key('A').text(account.value).take();
}
// The hash at this place of a tile of this level, from 1; the hashes of level 0 are those of the log's frames.
[[nodiscard]] inline std::string tile_hash(unsigned level, std::uint64_t index) {
  return Key('T').number(level).number(index).take();
}
// `prefix`: the key's first `depth` bits, the rest zeros.
[[nodiscard]] inline std::string map_node(unsigned depth, const tlog::Hash& prefix) {
  return Key('M').number(depth).take().append(tlog::as_bytes(prefix));
}
}  // namespace keys

// A row that cannot be read is a bug or damage; its writer was this program.
template <class Row>
[[nodiscard]] std::optional<Row> read(const TableReader& rows, const std::string& key) {
  const auto bytes = rows.get(key);
  if (!bytes)
    return std::nullopt;
  auto row = unpack<Row>(*bytes);
  GATEHOUSE_ASSERT(row.has_value());
  return row;
}

[[nodiscard]] inline tlog::Frontier read_frontier(const TableReader& rows, const std::string& key) {
  auto row = read<FrontierRow>(rows, key).value_or(FrontierRow{});
  auto frontier = tlog::Frontier::restore(row.size, std::move(row.peaks));
  GATEHOUSE_ASSERT(frontier.has_value());
  return std::move(*frontier);
}

inline void put_frontier(Table& rows, const std::string& key, const tlog::Frontier& frontier) {
  rows.put(key, pack(FrontierRow{frontier.size(), frontier.peaks()}));
}

}  // namespace gatehouse::transparency
