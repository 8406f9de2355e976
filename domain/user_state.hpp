// How an app stands for one user of an account, and what he can do about it (R10, R12): the app page's state and buttons as data. Follows from the
// gate and the open requests, so it never says anything else than the command would with the app's usual credentials.
#pragma once
#include <boost/describe/enum.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "domain/gate.hpp"

namespace gatehouse {

BOOST_DEFINE_FIXED_ENUM_CLASS(UserState, std::uint8_t, can_install, installed, disabled, can_request, request_pending,
                              request_install, install_request_pending, missing_permissions, restricted, blocked,
                              not_available)

struct AppStanding {
  UserState user_state{};
  std::vector<std::string_view> available_actions;
};

[[nodiscard]] AppStanding standing_of(const State& state, const AppId& app, const UserId& user);

}  // namespace gatehouse
