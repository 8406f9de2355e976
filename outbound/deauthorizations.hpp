// Which subscriptions an event ended without naming them: read from the rows as they were before it, some at a time.
#pragma once
#include <optional>
#include <utility>

#include "domain/commands.hpp"
#include "store/event_log.hpp"

namespace gatehouse::outbound {

// The next command that records some of them, with its account; nothing when no list is open. `webhooks` are the projection's rows.
[[nodiscard]] std::optional<std::pair<AccountId, Command>> next_deauthorizations(const EventLog& log,
                                                                                 const TableReader& webhooks);

}  // namespace gatehouse::outbound
