// The rows that decisions read, as a projection: what the log keeps beside the events and changes with every commit. Run from the first event it
// must give the same rows again. It follows nothing: the commit applies it.
#pragma once
#include <string_view>

#include "domain/rows.hpp"
#include "projections/projection.hpp"

namespace gatehouse {

inline constexpr std::string_view state_projection = "state";

class StateProjection final : public Projection {
 public:
  [[nodiscard]] std::string_view name() const override { return state_projection; }
  [[nodiscard]] std::uint32_t version() const override { return static_cast<std::uint32_t>(state_rows_version); }
  // Throws BrokenRow on an event of a type that this program does not know: the state cannot be told without it.
  void apply(Table& rows, const RecordedEvent& event) const override;
  [[nodiscard]] std::span<const RowShape> shapes() const override;
};

}  // namespace gatehouse
