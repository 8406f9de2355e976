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

bool is_eventual(const EnteredAccount& entered) { return entered.parameters.text("consistency") == "eventual"; }

Problem behind_checkpoint(const transparency::LogTree& tree) {
  const auto published = tree.published();
  const std::string missing = tree.lacks_cosignatures() ? " Witnesses do not cosign: /readyz names them." : "";
  return make_problem("checkpoint_behind",
                      published ? "No checkpoint covers what is asked for yet; the last one has " +
                                      std::to_string(published->head().size) + " events." + missing
                                : "No checkpoint is published yet." + missing);
}

}  // namespace gatehouse::api
