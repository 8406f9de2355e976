// Commands that open accounts and keep the catalogue. They come through the platform's door; those for apps also through an account's door,
// for the account's own apps.
#pragma once
#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "events/catalogue_events.hpp"
#include "events/ids.hpp"
#include "events/vocabulary.hpp"

#define GATEHOUSE_PLATFORM_COMMANDS(X) \
  X(OpenAccount) X(RegisterApp) X(UpdateManifest) X(ActivateApp) X(PublishApp) X(UnpublishApp) X(WithdrawApp) X(DefineScopes)

namespace gatehouse {

struct OwnerInput {
  UserId user_id;
  std::string email;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(OwnerInput, (), (user_id, email, name))

struct PolicyInput {
  std::optional<bool> required;
  std::optional<bool> exempt_platform;
  std::optional<bool> exempt_account;
};
BOOST_DESCRIBE_STRUCT(PolicyInput, (), (required, exempt_platform, exempt_account))

struct NotificationInput {
  std::optional<bool> enabled;
  std::optional<std::vector<UserId>> recipients;
};
BOOST_DESCRIBE_STRUCT(NotificationInput, (), (enabled, recipients))

struct PoliciesInput {
  std::optional<PolicyInput> public_;
  std::optional<PolicyInput> unlisted;
  std::optional<bool> user_installs_blocked;
  std::optional<NotificationInput> notifications;
};
BOOST_DESCRIBE_STRUCT(PoliciesInput, (), (public_, unlisted, user_installs_blocked, notifications))

struct OpenAccount {
  AccountId account_id;
  std::string name;
  OwnerInput owner;
  std::optional<PoliciesInput> policies;
};
BOOST_DESCRIBE_STRUCT(OpenAccount, (), (account_id, name, owner, policies))

// A manifest after validation; in JSON it is the manifest itself.
struct ManifestInput {
  AppFacts facts;
  std::string text;                   // the manifest as compact JSON
  std::vector<std::string> warnings;  // well-formed scopes that the catalogue does not know (D31)
};

struct DeveloperInput {
  DeveloperKind kind{};
  std::optional<AccountId> account_id;
};
BOOST_DESCRIBE_STRUCT(DeveloperInput, (), (kind, account_id))

struct RegisterApp {
  std::optional<AppId> app_id;
  ManifestInput manifest;
  DeveloperInput developer;
  std::optional<std::string> app_type;
};
BOOST_DESCRIBE_STRUCT(RegisterApp, (), (app_id, manifest, developer, app_type))

// developer and app_type, where sent, must be the registered ones.
struct UpdateManifest {
  AppId app_id;
  ManifestInput manifest;
  std::optional<DeveloperInput> developer;
  std::optional<std::string> app_type;
};
BOOST_DESCRIBE_STRUCT(UpdateManifest, (), (app_id, manifest, developer, app_type))

struct ActivateApp {
  AppId app_id;
};
BOOST_DESCRIBE_STRUCT(ActivateApp, (), (app_id))

struct PublishApp {
  AppId app_id;
  bool listed{};
};
BOOST_DESCRIBE_STRUCT(PublishApp, (), (app_id, listed))

struct UnpublishApp {
  AppId app_id;
};
BOOST_DESCRIBE_STRUCT(UnpublishApp, (), (app_id))

struct WithdrawApp {
  AppId app_id;
  std::optional<std::string> confirmation;
};
BOOST_DESCRIBE_STRUCT(WithdrawApp, (), (app_id, confirmation))

struct ScopeInput {
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> privilege;
};
BOOST_DESCRIBE_STRUCT(ScopeInput, (), (name, description, privilege))

struct DefineScopes {
  std::vector<ScopeInput> scopes;
};
BOOST_DESCRIBE_STRUCT(DefineScopes, (), (scopes))

}  // namespace gatehouse
