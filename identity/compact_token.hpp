// A JWS in compact form (RFC 7515 section 7.1) taken apart: nothing in it is believed yet. The views point into the
// token's text.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>
#include <tl/expected.hpp>

#include "identity/public_key.hpp"
#include "identity/token_error.hpp"

namespace gatehouse::identity {

inline constexpr std::size_t token_bytes_max = 8 * 1024;

// How the header must name what the token is. RFC 9068 (section 4) allows at+jwt alone, so that an ID token cannot pass
// for an access token; `any_jwt` also takes "JWT" and no typ at all, for issuers that mint nothing else.
enum class TypePolicy : bool { access_token, any_jwt };

struct CompactToken {
  std::string_view signing_input;
  std::string signature;
  Algorithm algorithm{};
  std::optional<std::string> key_id;
  std::optional<std::string> type;
  boost::json::object payload;

  [[nodiscard]] bool has_type(TypePolicy policy) const;
};

[[nodiscard]] tl::expected<CompactToken, TokenError> take_apart(std::string_view token);

}  // namespace gatehouse::identity
