// A read model: a name, the version of its logic, and a fold from events to rows. Everything else (where the rows are kept, when events come,
// the checkpoint) belongs to whoever runs it. A fold is deterministic: the same events give the same bytes, on any machine.
//
// Threads: apply() may run in several threads at once, on different tables. It throws BrokenRow when its own rows do not fit the event: the
// projection then stops alone. Raise version() whenever the same events would give other rows: it is rebuilt by itself.
#pragma once
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "events/envelope.hpp"
#include "projections/row_shape.hpp"
#include "table/table.hpp"

namespace gatehouse {

struct BrokenRow : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Projection {
 public:
  virtual ~Projection() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;  // [a-z0-9_]{1,64}
  [[nodiscard]] virtual std::uint32_t version() const = 0;
  // The oldest version whose rows today's queries can read: such rows serve while the ones of today are being made.
  [[nodiscard]] virtual std::uint32_t readable_since() const { return version(); }
  virtual void apply(Table& rows, const RecordedEvent& event) const = 0;
  // Whether the rows come out the same if the rest of one account's events is taken later than those of the others. Otherwise what was held back for
  // a while is taken by making all rows anew.
  [[nodiscard]] virtual bool takes_accounts_apart() const { return true; }
  // Every kind of row there is, so that people can read what a row is about.
  [[nodiscard]] virtual std::span<const RowShape> shapes() const = 0;
};

}  // namespace gatehouse
