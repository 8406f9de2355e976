// The command by which the program records the heads of all streams (docs/transparency.md). It comes from the program itself alone
// (actor type system).
#pragma once
#include <cstdint>
#include <string>

#define GATEHOUSE_TRANSPARENCY_COMMANDS(X) X(CommitAccountHeads)

namespace gatehouse {

struct CommitAccountHeads {
  std::uint64_t through{};  // the position of the last event that they contain
  std::uint64_t accounts{};
  std::string root;  // of their map, base64
};

}  // namespace gatehouse
