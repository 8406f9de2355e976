// Signed heads of a log's tree (C2SP tlog-checkpoint): origin, size and root as the text of a note.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tlog/tree_proof.hpp"

namespace gatehouse::tlog {

struct Checkpoint {
  std::string origin;
  TreeHead head;
};

[[nodiscard]] std::string to_text(const Checkpoint& checkpoint);
// Extension lines are passed over.
[[nodiscard]] std::optional<Checkpoint> parse_checkpoint(std::string_view text);

// A decimal number without zeros before it.
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view text);

}  // namespace gatehouse::tlog
