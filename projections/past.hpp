// What the account's queries are answered from, as it was after any event: the log's state and the read models that can be asked about the past,
// folded once more into one table that keeps what each row was before (table/undo_table.hpp). Nothing of the present is read from it.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "events/envelope.hpp"
#include "projections/projection.hpp"
#include "table/past_view.hpp"

namespace gatehouse {

inline constexpr std::string_view past_projection = "past";

class PastProjection final : public Projection {
 public:
  PastProjection();
  [[nodiscard]] std::string_view name() const override { return past_projection; }
  // Grows with the version of any that is in it.
  [[nodiscard]] std::uint32_t version() const override;
  void apply(Table& rows, const RecordedEvent& event) const override;
  [[nodiscard]] bool takes_accounts_apart() const override { return false; }
  [[nodiscard]] std::span<const RowShape> shapes() const override;

 private:
  std::vector<std::shared_ptr<const Projection>> parts_;  // in the order of their spaces
};

// The rows of the state or of a read model as they were after the event at `position`; `past` must have arrived there. Null for one whose past
// is not kept.
[[nodiscard]] std::shared_ptr<const PastView> past_rows(std::shared_ptr<const TableReader> past,
                                                        std::string_view projection, Position position);

}  // namespace gatehouse
