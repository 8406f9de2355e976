// The tree over the log of a stopped server, whether or not its rows are up to the log's end. Writes nothing.
#pragma once
#include <string>
#include <tl/expected.hpp>

#include "store/event_log.hpp"
#include "store/projection_store.hpp"
#include "store/scratch_table.hpp"
#include "tlog/note.hpp"
#include "transparency/tree_view.hpp"

namespace gatehouse::transparency {

// `log` and `store` outlive the view. Without a checkpoint. Says where the log contradicts its tree. What the stored rows lack goes to `space`. Throws ScratchFailed.
[[nodiscard]] tl::expected<TreeView, std::string> tree_of(const EventLog& log, const ProjectionStore& store,
                                                          const ScratchSpace& space = {});

// The head alone, for which hardly any memory is needed: believes the stored rows, and the commitments to heads in the log.
[[nodiscard]] tl::expected<tlog::TreeHead, std::string> tree_head_of(const EventLog& log, const ProjectionStore& store);

// Folds the whole log anew, in `space`, and compares with what is stored, up to where that is; also that every commitment to heads is the one that the log gives. The log's
// head, or what is wrong first, with its position where it has one. Throws ScratchFailed.
[[nodiscard]] tl::expected<tlog::TreeHead, std::string> verify_tree(const EventLog& log, const ProjectionStore& store,
                                                                    const ScratchSpace& space = {});

// The same tree with a checkpoint that the log's key has signed now.
[[nodiscard]] TreeView signed_tree(const TreeView& tree, const tlog::NoteSigner& signer);

}  // namespace gatehouse::transparency
