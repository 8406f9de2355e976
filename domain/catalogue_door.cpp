#include "domain/catalogue_door.hpp"

#include "domain/refusals.hpp"

namespace gatehouse {

bool through_platform_door(const State& state) { return state.account_id() == catalogue_stream; }

bool keeps_app(const State& state, const AppId& app) {
  const auto row = state.app(app);
  const bool own = row && row->developer == DeveloperKind::account && row->developer_account_id == state.account_id();
  return own || (row && through_platform_door(state));
}

tl::expected<AppRow, Rejection> own_app(const State& state, const AppId& app) {
  auto row = state.app(app);
  if (!row || !keeps_app(state, app))
    return tl::unexpected(app_not_found());
  if (row->withdrawn)
    return refuse(RejectionCode::app_withdrawn, "The app was withdrawn, for good.");
  return std::move(*row);
}

}  // namespace gatehouse
