// Which apps an account has pre-approved, restricted, and added for its people, by app id: the keys only, so that a listing does not look at every app
// that the account ever governed. What the approval is (audience, who, when) stands in the state's row of the app.
#pragma once
#include <string_view>
#include <utility>

#include "domain/state.hpp"
#include "projections/page.hpp"
#include "projections/projection.hpp"

namespace gatehouse {

inline constexpr std::string_view approvals_projection = "approvals";

class ApprovalsProjection final : public Projection {
 public:
  [[nodiscard]] std::string_view name() const override { return approvals_projection; }
  [[nodiscard]] std::uint32_t version() const override { return 2; }
  void apply(Table& rows, const RecordedEvent& event) const override;
  [[nodiscard]] std::span<const RowShape> shapes() const override;
};

struct GovernedApp {
  AppId app_id;
  GovernedAppRow row;
};

// By app id. `state` is the account's; an app whose approval (restriction) it no longer shows is left out.
[[nodiscard]] Page<GovernedApp> approved_apps_page(const TableReader& rows, const State& state, std::string_view cursor,
                                                   std::size_t page_size);
[[nodiscard]] Page<GovernedApp> restricted_apps_page(const TableReader& rows, const State& state,
                                                     std::string_view cursor, std::size_t page_size);

// Apps that an admin added for everyone, for users or for groups, as long as the account has installations of them.
[[nodiscard]] Page<GovernedApp> added_apps_page(const TableReader& rows, const State& state, std::string_view cursor,
                                                std::size_t page_size);

}  // namespace gatehouse
