// The tree over the log as it was at one signed head: what the log serves of it, and proofs. Holds the rows of that moment; keep it briefly. Any thread.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/event_log.hpp"
#include "store/projection_store.hpp"
#include "tlog/proof_file.hpp"
#include "tlog/tile_path.hpp"
#include "tlog/tree_proof.hpp"
#include "transparency/account_map.hpp"
#include "transparency/rows.hpp"

namespace gatehouse::transparency {

// That an account's history, up to this version, is all there is.
struct Completeness {
  AccountHead head;
  Siblings siblings;
  Position through;
  tlog::ProofFile heads;  // its extra data is the frame of the AccountHeadsCommitted
};

class TreeView {
 public:
  // The tree over what `rows` contain. `log` outlives the view.
  TreeView(const EventLog& log, std::shared_ptr<const ProjectionSnapshot> rows);
  [[nodiscard]] TreeView with_checkpoint(std::string checkpoint) const;
  // As it was when it had `size` events, no more than it has. Without heads when the last commitment came later.
  [[nodiscard]] TreeView at(std::uint64_t size) const;

  [[nodiscard]] const tlog::TreeHead& head() const { return head_; }
  [[nodiscard]] const std::string& checkpoint() const { return checkpoint_; }

  // A tile or a bundle of entries; nothing when this tree does not have it.
  [[nodiscard]] std::optional<std::string> tile(const tlog::TilePath& path) const;

  // `position` is in the tree; without extra data.
  [[nodiscard]] tlog::ProofFile prove(Position position) const;
  [[nodiscard]] tlog::Path consistency_from(std::uint64_t size) const;

  // The last commitment to the heads that this tree has.
  [[nodiscard]] const std::optional<HeadsRow>& heads() const { return heads_; }
  // Nothing when the account had no events then.
  [[nodiscard]] std::optional<Completeness> completeness(const AccountId& account) const;

 private:
  [[nodiscard]] std::vector<tlog::Hash> hashes(unsigned level, std::uint64_t begin, std::uint64_t count) const;
  [[nodiscard]] std::vector<std::string> entries(std::uint64_t begin, std::uint64_t count) const;
  [[nodiscard]] tlog::Hash subtree(unsigned height, std::uint64_t index) const;
  [[nodiscard]] tlog::SubtreeReader subtrees() const;

  const EventLog* log_;
  std::shared_ptr<const ProjectionSnapshot> rows_;
  tlog::TreeHead head_;
  std::optional<HeadsRow> heads_;
  std::string checkpoint_;
};

}  // namespace gatehouse::transparency
