#include "transparency/offline_tree.hpp"

#include <algorithm>
#include <map>

#include "table/memory_table.hpp"
#include "table/overlay_table.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/tile_path.hpp"
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
  explicit CompletedRows(std::shared_ptr<const ProjectionSnapshot> stored)
      : stored_(std::move(stored)), rows_(base()) {}

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
  [[nodiscard]] const TableReader& base() const {
    static const MemoryTable nothing;
    return stored_ ? static_cast<const TableReader&>(*stored_) : nothing;
  }

  std::shared_ptr<const ProjectionSnapshot> stored_;
  OverlayTable rows_;
  Position checkpoint_;
};

using Rows = std::map<std::string, std::string, std::less<>>;

Rows rows_in(const TableReader& table) {
  Rows rows;
  table.scan({}, [&](std::string_view key, std::string_view value) {
    rows.emplace(key, value);
    return true;
  });
  return rows;
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
  const auto is = rows_in(stored);
  const auto should_be = rows_in(folded);
  const auto [left, right] = std::ranges::mismatch(is, should_be);
  if (left == is.end() && right == should_be.end())
    return std::nullopt;
  const bool extra = right == should_be.end() || (left != is.end() && left->first < right->first);
  return name_of(extra ? left->first : right->first) + " is not the one that the log gives";
}

}  // namespace

tl::expected<tlog::TreeHead, std::string> verify_tree(const EventLog& log, const ProjectionStore& store) try {
  const auto table = store.find({std::string(tree_table), tree_table_version}, GenerationRole::active);
  MemoryTable rows;
  TreeFold fold(rows, log);
  if (table) {
    const auto stored = table->snapshot();
    fold_to(fold, rows, log, stored->checkpoint());
    if (stored->checkpoint() == Position{})
      rows = MemoryTable();
    if (auto found = difference(*stored, rows))
      return tl::unexpected(std::move(*found));
  }
  fold_to(fold, rows, log, log.head());
  return fold.head();
} catch (const BrokenHistory& broken) {
  return tl::unexpected<std::string>(broken.what());
}

tl::expected<TreeView, std::string> tree_of(const EventLog& log, const ProjectionStore& store) try {
  const auto table = store.find({std::string(tree_table), tree_table_version}, GenerationRole::active);
  const auto rows = std::make_shared<CompletedRows>(table ? table->snapshot() : nullptr);
  rows->complete(log);
  return TreeView(log, rows);
} catch (const BrokenHistory& broken) {
  return tl::unexpected<std::string>(broken.what());
}

TreeView signed_tree(const TreeView& tree, const tlog::NoteSigner& signer) {
  const auto note = signer.sign(tlog::to_text(tlog::Checkpoint{signer.verifier_key().name(), tree.head()}));
  return tree.with_checkpoint(to_text(note));
}

}  // namespace gatehouse::transparency
