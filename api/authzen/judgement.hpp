// Whether a user may do one thing to one resource, by the rules: the gate for an installation, the command itself, tried without a trace, for
// the others.
#pragma once
#include <boost/describe/enum.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/gate.hpp"

namespace gatehouse::api::authzen {

BOOST_DEFINE_FIXED_ENUM_CLASS(ActionKind, std::uint8_t, install, request_pre_approval, request_install, uninstall,
                              pre_approve, reject_request, view_requests, change_permissions)

[[nodiscard]] std::optional<ActionKind> action_of(std::string_view name);

// One condition that is not met.
struct Obstacle {
  std::string_view code;    // the machine code that the command would answer
  std::string privilege{};  // privilege_required
  std::vector<MissingScope> missing_scopes{};
  std::optional<RequestId> request_id{};
};

struct Judgement {
  std::vector<Obstacle> obstacles;  // none: allowed
  std::string next_action;          // as the gate says it
  [[nodiscard]] bool allowed() const { return obstacles.empty(); }
};

struct Deed {
  ActionKind action{};
  UserId user;
  AppId app;  // empty: the account itself, for what is done to it
  Credentials credentials{};
};

// `now` is for limits that pass with time.
[[nodiscard]] Judgement judge(const State& state, const Deed& deed, Timestamp now);

// What the action needs of a role, whatever it is done to; empty: nothing.
[[nodiscard]] std::string_view privilege_for(ActionKind action);

}  // namespace gatehouse::api::authzen
