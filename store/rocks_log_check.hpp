// Walks over the stored log and checks every row against its place, its frame and the chain. Used on the tail at every start and on the
// whole log by the offline verification. Errors are values, never the end of the process.
#pragma once
#include <functional>
#include <optional>

#include "events/frame.hpp"
#include "store/open_error.hpp"
#include "store/rocks_database.hpp"
#include "store/stored_rows.hpp"
#include "store/witness.hpp"

namespace gatehouse {

// What the walk has just checked: the event, and the mark (without its group) that it ends at.
using EventCheck = std::function<std::optional<OpenError>(const FrameView& event, const LogMark& mark)>;

// From the event after `start` to the last one, which must be `end`. Also checks that the row of `start` is still what it was.
[[nodiscard]] std::optional<OpenError> walk_log(const RocksDatabase& database, const rocksdb::Snapshot* snapshot,
                                                const LogMark& start, const LogMark& end, const EventCheck& check);

// The same for a part of the log, of about so many bytes; at `end` at the latest. Holds no snapshot when it returns.
struct WalkedPart {
  LogMark mark;  // pass as `start` to go on
  std::uint64_t bytes{};
};
[[nodiscard]] tl::expected<WalkedPart, OpenError> walk_log_part(const RocksDatabase& database, const LogMark& start,
                                                                const LogMark& end, std::uint64_t bytes_max);

// Everything that a crash or a damaged WAL may have taken since the last run, against the witness.
[[nodiscard]] std::optional<OpenError> check_tail(const RocksDatabase& database, const Witness::Record& witness,
                                                  const LogMark& head);

}  // namespace gatehouse
