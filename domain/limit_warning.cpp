#include "domain/limit_warning.hpp"

#include <string>
#include <vector>

#include "domain/gate.hpp"

namespace gatehouse {

void warn_of_limit(const State& state, const AppId& app_id, const AppRow& app, Decision& decision) {
  if (state.governed_app(app_id).pre_approval_on) return;
  if (approval_required(state.account().value_or(AccountRow{}), app, state.account_id(), Credentials::production)) return;
  decision.result.emplace_back("warnings", std::vector<std::string>{"The app needed no approval here. From now on only those on its allow list can "
                                                                    "install it; set its audience to everyone to leave it open."});
}

}  // namespace gatehouse
