// The gate (domain rules 2.5): may user U of account A install app P with credentials C? One function, used by the install command, the app
// page, the installability query and everything later. It reports every condition that is not met, in the order of its steps.
#pragma once
#include <array>
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/state.hpp"
#include "events/subscription_events.hpp"

namespace gatehouse {

BOOST_DEFINE_FIXED_ENUM_CLASS(GateCode, std::uint8_t, app_not_found, app_not_available, credentials_not_available,
                              not_a_member, already_installed, subscription_disabled, user_installs_blocked,
                              app_restricted, admin_install_required, pre_approval_required, request_pending,
                              not_in_allow_list, missing_scopes)

struct MissingScope {
  std::string scope;
  std::string description;
  std::string needs_privilege;  // the role privilege that would grant it, or "owner"
};

struct Unmet {
  GateCode code{};
  std::uint8_t step{};
  std::vector<MissingScope> missing_scopes{};
  std::optional<RequestId> request_id{};  // request_pending
};

struct GateQuestion {
  AppId app_id;
  UserId user_id;
  Credentials credentials{};
};

struct GateAnswer {
  std::vector<Unmet> unmet;     // empty: allowed
  std::vector<GateStep> steps;  // what let each step pass, for the AppInstalled event and the auditor
  std::string
      next_action;  // "", enable, request_install, request_pre_approve, wait_for_decision, pre_approve, ask_admin
  [[nodiscard]] bool allowed() const { return unmet.empty(); }
  [[nodiscard]] bool has(GateCode code) const;
};

// With which an app is installed unless somebody says otherwise: for production where it can be.
[[nodiscard]] Credentials usual_credentials(const AppFacts& facts);

[[nodiscard]] GateAnswer ask_gate(const State& state, const GateQuestion& question);

// D1: public = published and listed and production credentials; everything else is unlisted.
[[nodiscard]] AppClass class_of(const AppRow& app, Credentials credentials);
// Step 1: published, or a private app of this very account.
[[nodiscard]] bool is_visible(const AppRow& app, const AccountId& account);
// The approval part of step 8: whether this class of app needs pre-approval here at all.
[[nodiscard]] bool approval_required(const AccountRow& account, const AppRow& app, const AccountId& account_id,
                                     Credentials credentials);
// Step 9 without the rest: pre-approval off, audience everyone, or the user or a group of the user in the list.
[[nodiscard]] bool in_audience(const State& state, const GovernedAppRow& governed, const AppId& app, const UserId& user,
                               const MemberRow& member);
// The required scopes that the member does not hold (D15).
[[nodiscard]] std::vector<MissingScope> missing_scopes(const State& state, const AppRow& app, const MemberRow& member);

}  // namespace gatehouse
