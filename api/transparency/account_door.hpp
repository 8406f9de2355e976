// What a query checks before it runs, for endpoints that answer by themselves: who asks, and whether he may.
#pragma once
#include <tl/expected.hpp>

#include "api/exchange.hpp"
#include "api/services.hpp"
#include "store/event_log.hpp"

namespace gatehouse::api {

struct EnteredAccount {
  AccountId account;
  StreamHead head;  // of its stream, now
  Parameters parameters;
};

// Also checks the path's identifiers and the parameters. For the platform's door `head` is that of the log.
[[nodiscard]] tl::expected<EnteredAccount, Problem> enter_account(const Services& services, const Exchange& exchange);

// Whether what is published will do, however far it is.
[[nodiscard]] bool is_eventual(const EnteredAccount& entered);
// Says how far it is, and whether that is for want of witnesses.
[[nodiscard]] Problem behind_checkpoint(const transparency::LogTree& tree);

}  // namespace gatehouse::api
