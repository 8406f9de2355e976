// What makes cosignatures on the log's checkpoints.
#pragma once
#include <vector>

#include "tlog/note.hpp"
#include "transparency/tree_view.hpp"

namespace gatehouse::transparency {

class Cosigner {
 public:
  virtual ~Cosigner() = default;
  // As many valid ones as it could get for this tree's checkpoint, and whether they are enough. cancel() ends a call soon. One thread.
  struct Result {
    std::vector<tlog::Signature> signatures;
    bool enough = false;
  };
  [[nodiscard]] virtual Result cosign(const TreeView& tree, const tlog::Note& checkpoint) = 0;
  virtual void cancel() = 0;
};

}  // namespace gatehouse::transparency
