// The tree over a stopped server's log as it may be shown to others: with all that is in the log, signed now, or, where witnesses cosign what is published, as it was
// published last.
#pragma once
#include "cli/log_place.hpp"
#include "store/rocks_event_log.hpp"
#include "transparency/tree_view.hpp"

namespace gatehouse::cli {

// Says on standard error which events are not in it. Of a settled place; `log` outlives the tree. Throws std::runtime_error with what is wrong.
[[nodiscard]] transparency::TreeView tree_to_show(const RocksEventLog& log, const LogPlace& place,
                                                  const tlog::NoteSigner& signer);

}  // namespace gatehouse::cli
