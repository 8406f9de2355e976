// A proof to keep that an entry is in a log, in one text (C2SP tlog-proof, *.tlog-proof).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tlog/tree_proof.hpp"

namespace gatehouse::tlog {

struct ProofFile {
  std::string extra;  // whatever the application needs to know; not proven by itself
  std::uint64_t index{};
  Path path;
  std::string checkpoint;  // a note
};

[[nodiscard]] std::string to_text(const ProofFile& proof);
[[nodiscard]] std::optional<ProofFile> parse_proof_file(std::string_view text);

}  // namespace gatehouse::tlog
