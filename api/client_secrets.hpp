// The secrets of OAuth clients: made here, shown once, kept as their SHA-256.
#pragma once
#include <string>
#include <string_view>

#include "events/ids.hpp"
#include "events/timestamp.hpp"

namespace gatehouse::api {

struct NewSecret {
  SecretId secret_id;
  std::string text;  // 192 random bits, base64url
};

[[nodiscard]] NewSecret make_secret(Timestamp now);
// Base64url. The secret is random and long: a plain digest gives nothing away.
[[nodiscard]] std::string secret_digest(std::string_view secret);

}  // namespace gatehouse::api
