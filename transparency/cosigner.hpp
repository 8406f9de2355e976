// What makes cosignatures on the log's checkpoints, and what is known of the witnesses that it asks.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tlog/note.hpp"
#include "transparency/tree_view.hpp"

namespace gatehouse::transparency {

struct WitnessStatus {
  std::string name;  // of its key
  std::string url;
  std::uint64_t cosigned_size{};  // events of the checkpoint that it cosigned last since the start
  std::uint64_t failures{};       // how often it was asked and did not cosign
  bool cosigns = false;           // when it was asked last
  bool differs = false;           // what it answered last proves that it has cosigned another history
};

struct CosigningStatus {
  std::vector<WitnessStatus> witnesses;
  std::size_t quorum{};
};

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
  // Any thread.
  [[nodiscard]] virtual CosigningStatus status() const = 0;
};

}  // namespace gatehouse::transparency
