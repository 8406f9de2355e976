// Commands that keep an app's client credentials. They carry a secret's SHA-256 alone, so they are given by the program that made the secret and
// showed it once, never as JSON.
#pragma once
#include <optional>
#include <string>

#include "events/envelope.hpp"
#include "events/ids.hpp"
#include "events/vocabulary.hpp"

#define GATEHOUSE_CLIENT_COMMANDS(X) X(IssueClientCredentials) X(RotateClientSecret) X(ChangeSecretExpiry)

namespace gatehouse {

// A set of credentials with its first secret. `secret_sha256` is base64url.
struct IssueClientCredentials {
  AppId app_id;
  Credentials credentials{};
  ClientId client_id;
  SecretId secret_id;
  std::string secret_sha256;
};

// A new secret; the one before it works until `previous_expires_at` (none: no longer), the one before that no more.
struct RotateClientSecret {
  AppId app_id;
  Credentials credentials{};
  SecretId secret_id;
  std::string secret_sha256;
  std::optional<Timestamp> previous_expires_at;
};

// Another end (none: now) for the secret before the present one.
struct ChangeSecretExpiry {
  AppId app_id;
  Credentials credentials{};
  std::optional<Timestamp> expires_at;
};

}  // namespace gatehouse
