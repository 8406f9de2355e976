// The rows of the state that a decision looked at, and which event had made each member of them what it was.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/envelope.hpp"
#include "replay/traced_rows.hpp"
#include "table/past_view.hpp"

namespace gatehouse {

inline constexpr std::size_t decision_inputs_max = 200;
// So many changes of rows are looked at for one decision.
inline constexpr std::size_t changes_looked_at_max = 200'000;

// An event, and what it had set. No members: the row has none, and the event had made it, changed it or taken it away.
struct SetMembers {
  Position position;
  std::vector<std::string_view> members;  // of the row's type
};

struct DecisionInput {
  std::string key;
  std::optional<std::string> value;  // nothing: there was no such row
  std::vector<SetMembers> set_by;    // in the order of the events; none for a row that never was
  Position others_until;             // members that no event of set_by names were set at or before it; 0: all are named
};

// `before` is the state as the decision saw it, and `traced` what it read of it.
[[nodiscard]] std::vector<DecisionInput> decision_inputs(const PastView& before, const TracedRows& traced);

}  // namespace gatehouse
