// Why a token was refused. The detail is one of our own sentences and never repeats what the token said, so it may be
// logged and answered.
#pragma once
#include <cstdint>
#include <string_view>

#include <boost/describe/enum.hpp>

namespace gatehouse::identity {

BOOST_DEFINE_FIXED_ENUM_CLASS(TokenErrorCode, std::uint8_t, too_large, malformed, wrong_type, unsupported_algorithm,
                              critical_header, unknown_issuer, unknown_key, bad_signature, wrong_audience,
                              invalid_claim, not_yet_valid, expired)

struct TokenError {
  TokenErrorCode code{};
  std::string_view detail;  // a literal

  bool operator==(const TokenError&) const = default;
};

}  // namespace gatehouse::identity
