#include "api/client_secrets.hpp"

#include <array>

#include "api/submissions.hpp"
#include "identity/base64url.hpp"
#include "identity/digest.hpp"
#include "identity/secure_random.hpp"

namespace gatehouse::api {

NewSecret make_secret(Timestamp now) {
  std::array<std::uint8_t, 24> random;
  identity::fill_with_random(random);
  return {.secret_id = SecretId{to_text(make_uuid(now))}, .text = identity::base64url_encode(random)};
}

std::string secret_digest(std::string_view secret) { return identity::base64url_encode(identity::sha256(secret)); }

}  // namespace gatehouse::api
