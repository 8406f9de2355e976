// What keeps the log from being published, or from being believed, for those who look after the server.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "transparency/log_tree.hpp"

namespace gatehouse::api {

inline constexpr std::chrono::seconds unpublished_max{30};  // from the start; longer is worth a word

struct Publication {
  bool failed = false;                       // the tree grows no more
  bool lacks_cosignatures = false;           // the last checkpoint did
  std::optional<std::uint64_t> published{};  // events of the checkpoint that is shown
  std::chrono::seconds since_start{};
  transparency::CosigningStatus cosigning{};
};

[[nodiscard]] Publication publication_of(const transparency::LogTree& tree);

// What /readyz calls degraded: `kind:transparency: ` and words. Everybody may read them: they name witnesses by their keys, as checkpoints do, and have no address.
[[nodiscard]] std::vector<std::string> concerns(const Publication& publication);

}  // namespace gatehouse::api
