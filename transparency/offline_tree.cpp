#include "transparency/offline_tree.hpp"

#include <algorithm>

#include "table/memory_table.hpp"
#include "table/row_cursor.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/tile_path.hpp"
#include "transparency/log_entry.hpp"
#include "transparency/log_tree.hpp"

namespace gatehouse::transparency {

namespace {

constexpr std::size_t events_per_read = 1'000;

// Up to and with `end`, which the log has.
void fold_to(TreeFold& fold, Table& rows, const EventLog& log, Position end) {
  while (fold.position() < end) {
    const auto wanted = std::min<std::uint64_t>(events_per_read, end.value - fold.position().value);
    for (const auto& event : log.read(fold.position(), wanted).events)
      fold.add(rows, event);
  }
  fold.finish(rows);
}

// Rows as they are on disk, and those that follow from the rest of the log.
class CompletedRows final : public ProjectionSnapshot {
 public:
  CompletedRows(std::shared_ptr<const ProjectionSnapshot> stored, const ScratchSpace& space)
      : rows_(space, std::move(stored)) {}

  void complete(const EventLog& log) {
    TreeFold fold(rows_, log);
    fold_to(fold, rows_, log, log.head());
    checkpoint_ = fold.position();
  }

  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override { return rows_.get(key); }
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override {
    rows_.scan(prefix, from, visit);
  }
  [[nodiscard]] Position checkpoint() const override { return checkpoint_; }
  [[nodiscard]] Notes notes() const override { return {}; }

 private:
  ScratchTable rows_;
  Position checkpoint_;
};

std::shared_ptr<const ProjectionSnapshot> stored_rows(const ProjectionStore& store) {
  const auto table = store.find({std::string(tree_table), tree_table_version}, GenerationRole::active);
  return table ? table->snapshot() : nullptr;
}

std::string name_of(std::string_view key) {
  if (!key.starts_with('T'))
    return key.starts_with('F') ? "the frontier" : "the map of the accounts' heads";
  KeyParts parts(key);
  const auto level = static_cast<unsigned>(parts.number());
  const auto index = parts.number();
  return "position " + std::to_string((index << (level * tlog::tile_height)) + 1) + ": the hash of a tile";
}

// Nothing when they are the same.
std::optional<std::string> difference(const TableReader& stored, const TableReader& folded) {
  RowCursor expected(folded, {}, {});
  std::optional<std::string> wrong;
  stored.scan({}, [&](std::string_view key, std::string_view value) {
    if (!expected.done() && expected.key() == key && expected.value() == value) {
      expected.next();
      return true;
    }
    wrong = expected.done() ? key : std::min(key, expected.key());
    return false;
  });
  if (!wrong && !expected.done())
    wrong = expected.key();
  if (!wrong)
    return std::nullopt;
  return name_of(*wrong) + " is not the one that the log gives";
}

std::optional<std::string> ahead_of(const EventLog& log, Position end) {
  if (end <= log.head())
    return std::nullopt;
  return "its rows are at position " + std::to_string(end.value) + ", ahead of the log, which ends at " +
         std::to_string(log.head().value);
}

}  // namespace

tl::expected<tlog::TreeHead, std::string> verify_tree(const EventLog& log, const ProjectionStore& store,
                                                      const ScratchSpace& space) try {
  ScratchTable rows(space);
  TreeFold fold(rows, log);
  if (const auto stored = stored_rows(store)) {
    const auto end = stored->checkpoint();
    if (auto ahead = ahead_of(log, end))
      return tl::unexpected(std::move(*ahead));
    fold_to(fold, rows, log, end);
    const MemoryTable nothing;
    const auto& expected = end == Position{} ? static_cast<const TableReader&>(nothing) : rows;
    if (auto found = difference(*stored, expected))
      return tl::unexpected(std::move(*found));
  }
  fold_to(fold, rows, log, log.head());
  return fold.head();
} catch (const BrokenHistory& broken) {
  return tl::unexpected<std::string>(broken.what());
}

tl::expected<TreeView, std::string> tree_of(const EventLog& log, const ProjectionStore& store,
                                            const ScratchSpace& space) try {
  const auto rows = std::make_shared<CompletedRows>(stored_rows(store), space);
  rows->complete(log);
  return TreeView(log, rows);
} catch (const BrokenHistory& broken) {
  return tl::unexpected<std::string>(broken.what());
}

tl::expected<tlog::TreeHead, std::string> tree_head_of(const EventLog& log, const ProjectionStore& store) {
  tlog::Frontier tree;
  if (const auto stored = stored_rows(store))
    tree = read_frontier(*stored, keys::log_frontier());
  if (auto ahead = ahead_of(log, {tree.size()}))
    return tl::unexpected(std::move(*ahead));
  while (tree.size() < log.head().value) {
    for (const auto& event : log.read({tree.size()}, events_per_read).events)
      tree.append(tlog::leaf_hash(entry_of(event.position, event.frame)));
  }
  return tlog::TreeHead{tree.size(), tree.root()};
}

TreeView signed_tree(const TreeView& tree, const tlog::NoteSigner& signer) {
  const auto note = signer.sign(tlog::to_text(tlog::Checkpoint{signer.verifier_key().name(), tree.head()}));
  return tree.with_checkpoint(to_text(note));
}

}  // namespace gatehouse::transparency
