// A log read over HTTP by its checkpoint and tiles (C2SP tlog-tiles), as any client of it does. One thread.
#pragma once
#include <map>
#include <string>
#include <utility>

#include "tlog/checkpoint.hpp"
#include "tlog/proof_file.hpp"
#include "tlog/tile_path.hpp"

namespace gatehouse::cli {

class TileClient {
 public:
  // `prefix` without a slash at its end. Fetches the checkpoint; throws std::runtime_error when that fails, here as below.
  explicit TileClient(std::string prefix);

  [[nodiscard]] const tlog::Checkpoint& checkpoint() const { return checkpoint_; }
  // With the entry as extra data, and verified against the checkpoint.
  [[nodiscard]] tlog::ProofFile prove(std::uint64_t index);

 private:
  [[nodiscard]] std::string fetch(const std::string& path) const;
  [[nodiscard]] tlog::TilePath path_of(std::optional<unsigned> level, std::uint64_t index) const;
  [[nodiscard]] tlog::Hash hash_at(unsigned level, std::uint64_t index);
  [[nodiscard]] tlog::Hash subtree(unsigned height, std::uint64_t index);
  [[nodiscard]] std::string entry_at(std::uint64_t index);

  const std::string prefix_;
  std::string note_;
  tlog::Checkpoint checkpoint_;
  std::map<std::pair<unsigned, std::uint64_t>, std::string> tiles_;
};

}  // namespace gatehouse::cli
