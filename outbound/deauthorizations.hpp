// Which subscriptions an event ended without naming them: read from the rows as they were before it, some at a time.
#pragma once
#include <cstddef>
#include <utility>
#include <vector>

#include "domain/commands.hpp"
#include "store/event_log.hpp"

namespace gatehouse::outbound {

inline constexpr std::size_t lists_together = 64;  // that one call goes on with

// The next commands that record some of them, each with its account; none when no list is open. `webhooks` are the projection's rows.
[[nodiscard]] std::vector<std::pair<AccountId, Command>> next_deauthorizations(const EventLog& log,
                                                                               const TableReader& webhooks);

}  // namespace gatehouse::outbound
