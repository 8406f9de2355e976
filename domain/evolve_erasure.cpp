// Folds of erasures. No row's personal texts change: they are sealed, and what opened them is gone.
#include "domain/erasure.hpp"
#include "domain/folds.hpp"
#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

void evolve_one(Table& rows, const EventContext& context, const SubjectErasureRequested& event) {
  const auto& account = context.stream;
  for (const auto& subject : subjects_of(event.user_id, event.entry_ids))
    put_row(rows, state_keys::erasure(account, subject),
            ErasureRow{.requested_at = context.recorded_at, .erased_at = {}});
  put_row(rows, state_keys::open_erasure(account, subject_of(event.user_id, event.entry_ids)),
          OpenErasureRow{event.user_id, event.entry_ids});
}

void evolve_one(Table& rows, const EventContext& context, const SubjectErased& event) {
  const State state(rows, context.stream);
  for (const auto& subject : subjects_of(event.user_id, event.entry_ids)) {
    auto row = state.erasure(subject).value_or(ErasureRow{.requested_at = context.recorded_at, .erased_at = {}});
    row.erased_at = context.recorded_at;
    put_row(rows, state_keys::erasure(context.stream, subject), row);
  }
  rows.erase(state_keys::open_erasure(context.stream, subject_of(event.user_id, event.entry_ids)));
}

}  // namespace gatehouse
