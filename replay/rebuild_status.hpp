// How the making of a projection's rows goes on, and what came of it.
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/envelope.hpp"
#include "replay/work_progress.hpp"

namespace gatehouse {

// folding: the log, from nothing. comparing: with the rows that serve. catching_up: with what was appended since.
BOOST_DEFINE_FIXED_ENUM_CLASS(RebuildStage, std::uint8_t, folding, catching_up, comparing)

struct RebuildStatus {
  RebuildStage stage{};
  bool paused{};
  WorkProgress progress;    // of the folding
  unsigned duty_percent{};  // of the time that the governor lets it work
};

// switched: the rows serve. compared: that was all that was asked for. failed: `reason`.
BOOST_DEFINE_FIXED_ENUM_CLASS(RebuildOutcome, std::uint8_t, switched, compared, cancelled, failed)

// How the new rows and those that served differ, as of one position.
struct RowComparison {
  Position position;
  std::uint64_t rows{};  // of the new ones
  std::string digest;    // SHA-256 of all of them, hex (replay/row_digest.hpp)
  std::string former_digest;
  std::uint32_t former_version{};
  std::uint64_t differences{};        // rows that are not equal
  std::vector<std::string> examples;  // which kinds of rows, and their members; no values
};

struct RebuildResult {
  RebuildOutcome outcome{};
  Timestamp ended_at;
  WorkProgress progress;
  std::string reason;
  std::optional<RowComparison> comparison;  // where there were rows to compare with
  std::string not_compared{};               // why there is none, where those that served cannot be read
};

}  // namespace gatehouse
