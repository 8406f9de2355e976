// Events of installations: how a subscription comes to be, is switched off and on, changes hands and ends.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/ids.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse {

// What the gate found at one of its steps when the installation was allowed (domain rules 2.5): which condition let it pass.
struct GateStep {
  std::uint8_t step{};
  std::string outcome;
};
BOOST_DESCRIBE_STRUCT(GateStep, (), (step, outcome))

// `installed_for` is empty for scope account. An account installation fulfils all pending install requests of the app.
struct AppInstalled {
  AppId app_id;
  SubscriptionId subscription_id;
  SubscriptionScope scope{};
  UserId installed_for;
  UserId installed_by;
  Credentials credentials{};
  std::vector<std::string> granted_scopes;
  std::vector<std::string> declined_optional_scopes;
  std::vector<GateStep> gate;
  std::uint64_t fulfilled{};
};
BOOST_DESCRIBE_STRUCT(AppInstalled, (),
                      (app_id, subscription_id, scope, installed_for, installed_by, credentials, granted_scopes,
                       declined_optional_scopes, gate, fulfilled))

// An admin adds a user-level app for others (D14): every current member of the audience without a live subscription gets one, later
// joiners of everyone or of a group get theirs by this same event, and the audience is thereby pre-approved.
struct AppAddedForAudience {
  AppId app_id;
  Audience audience{};
  std::vector<UserId> user_ids;
  std::vector<GroupId> group_ids;
  UserId added_by;
  std::vector<std::string> granted_scopes;
  std::uint64_t added{};
  std::vector<std::string> approved_scopes;  // of the pre-approval; while it is on, those it has
  bool includes_development{};
  std::uint64_t approved_requests{};
  std::uint64_t lifted{};
  bool
      keeps_present{};  // who has the app keeps it as it is; without, one for everyone takes the place of those before it
};
BOOST_DESCRIBE_STRUCT(AppAddedForAudience, (),
                      (app_id, audience, user_ids, group_ids, added_by, granted_scopes, added, approved_scopes,
                       includes_development, approved_requests, lifted, keeps_present))

// One subscription, switched off or on by an admin. What hits many at once is the event of its own intent.
struct SubscriptionDisabled {
  AppId app_id;
  SubscriptionId subscription_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(SubscriptionDisabled, (), (app_id, subscription_id, user_id))

struct SubscriptionEnabled {
  AppId app_id;
  SubscriptionId subscription_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(SubscriptionEnabled, (), (app_id, subscription_id, user_id))

struct SubscriptionInstallerTransferred {
  AppId app_id;
  SubscriptionId subscription_id;
  UserId previous_installer_id;
  UserId installer_id;
};
BOOST_DESCRIBE_STRUCT(SubscriptionInstallerTransferred, (),
                      (app_id, subscription_id, previous_installer_id, installer_id))

// `user_id` is empty for target account, which ends every subscription of the app on the account.
// Of one user, `subscription_id` names what ended; for the account every live subscription of the app did.
struct AppUninstalled {
  AppId app_id;
  UninstallTarget target{};
  SubscriptionId subscription_id;
  UserId user_id;
  std::uint64_t removed{};
  UserId by;
  UninstallCause cause{};
};
BOOST_DESCRIBE_STRUCT(AppUninstalled, (), (app_id, target, subscription_id, user_id, removed, by, cause))

}  // namespace gatehouse
