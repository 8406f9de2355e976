#include "api/transparency/account_door.hpp"

#include "api/route.hpp"
#include "api/route_parameters.hpp"

namespace gatehouse::api {

tl::expected<EnteredAccount, Problem> enter_account(const Services& services, const Exchange& exchange) {
  const auto& entry = exchange.entry();
  const auto snapshot = services.log.state();
  EnteredAccount entered{entry.account->id(), {0, snapshot->head(), {}}, {}};
  if (entry.route->who != Who::platform) {
    const State state(*snapshot, entered.account);
    const auto access = look_up_access(*entry.claims, *entry.account, state);
    if (!access)
      return tl::unexpected(access.error());
    if (auto allowed = check_access(*access, entry.route->who); !allowed)
      return tl::unexpected(std::move(allowed.error()));
    entered.head = snapshot->stream_head(entered.account).value_or(StreamHead{});
  }
  if (!entry.path.all_valid_ids())
    return tl::unexpected(make_problem(entry.route->missing, "There is nothing of this name."));
  auto parameters = check_parameters(entry);
  if (!parameters)
    return tl::unexpected(std::move(parameters.error()));
  entered.parameters = std::move(*parameters);
  return entered;
}

}  // namespace gatehouse::api
