// Events of the platform-wide catalogue stream: apps, their OAuth clients, and scopes.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/ids.hpp"
#include "events/timestamp.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse {

// What the rules need to know of a manifest, taken out of it when it was accepted. Required scopes are the non-optional ones.
struct AppFacts {
  std::string name;
  std::string description;
  std::string company;
  std::vector<std::string> categories;
  ManagementLevel level{};
  bool listed{};  // the manifest's discover_type
  std::vector<std::string> required_scopes;
  std::vector<std::string> optional_scopes;
  bool has_production{};
  bool has_development{};
  std::string support_url;
  std::string terms_url;
  std::string privacy_url;
  std::string documentation_url;
};
BOOST_DESCRIBE_STRUCT(AppFacts, (),
                      (name, description, company, categories, level, listed, required_scopes, optional_scopes,
                       has_production, has_development, support_url, terms_url, privacy_url, documentation_url))

// `developer_account_id` is set for developer kind account alone. `manifest` is the accepted manifest as JSON text.
struct AppRegistered {
  AppId app_id;
  std::string app_type;
  DeveloperKind developer{};
  AccountId developer_account_id;
  AppFacts facts;
  std::string manifest;
};
BOOST_DESCRIBE_STRUCT(AppRegistered, (), (app_id, app_type, developer, developer_account_id, facts, manifest))

struct AppManifestUpdated {
  AppId app_id;
  std::uint32_t manifest_version{};  // 1 at registration
  AppFacts facts;
  std::string manifest;
};
BOOST_DESCRIBE_STRUCT(AppManifestUpdated, (), (app_id, manifest_version, facts, manifest))

struct AppActivated {
  AppId app_id;
};
BOOST_DESCRIBE_STRUCT(AppActivated, (), (app_id))

struct AppPublished {
  AppId app_id;
  bool listed{};
};
BOOST_DESCRIBE_STRUCT(AppPublished, (), (app_id, listed))

struct AppUnpublished {
  AppId app_id;
};
BOOST_DESCRIBE_STRUCT(AppUnpublished, (), (app_id))

// Ends every subscription of the app in every account.
struct AppWithdrawn {
  AppId app_id;
};
BOOST_DESCRIBE_STRUCT(AppWithdrawn, (), (app_id))

// An empty privilege means the one that the scope's name implies.
struct ScopeDefinition {
  std::string name;
  std::string description;
  std::string privilege;
};
BOOST_DESCRIBE_STRUCT(ScopeDefinition, (), (name, description, privilege))

struct ScopesDefined {
  std::vector<ScopeDefinition> scopes;
};
BOOST_DESCRIBE_STRUCT(ScopesDefined, (), (scopes))

// An OAuth client for one of the app's sets of credentials, with its first secret. A secret is known by its SHA-256 (base64url) alone.
struct ClientCredentialsIssued {
  AppId app_id;
  Credentials credentials{};
  ClientId client_id;
  SecretId secret_id;
  std::string secret_sha256;
};
BOOST_DESCRIBE_STRUCT(ClientCredentialsIssued, (), (app_id, credentials, client_id, secret_id, secret_sha256))

// The secret before the new one works until `previous_expires_at`, the one before that no more.
struct ClientSecretRotated {
  AppId app_id;
  ClientId client_id;
  SecretId secret_id;
  std::string secret_sha256;
  Timestamp previous_expires_at;
};
BOOST_DESCRIBE_STRUCT(ClientSecretRotated, (), (app_id, client_id, secret_id, secret_sha256, previous_expires_at))

// Another end for the secret before the present one.
struct ClientSecretExpiryChanged {
  AppId app_id;
  ClientId client_id;
  SecretId secret_id;
  Timestamp expires_at;
};
BOOST_DESCRIBE_STRUCT(ClientSecretExpiryChanged, (), (app_id, client_id, secret_id, expires_at))

}  // namespace gatehouse
