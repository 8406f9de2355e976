#include "identity/compact_token.hpp"

#include <algorithm>
#include <array>

#include <boost/describe/enum_from_string.hpp>
#include <boost/json/value.hpp>

#include "identity/base64url.hpp"
#include "identity/jwk_set.hpp"
#include "identity/strict_json.hpp"

namespace gatehouse::identity {
namespace {

namespace json = boost::json;

tl::unexpected<TokenError> refuse(TokenErrorCode code, std::string_view detail) {
  return tl::unexpected{TokenError{code, detail}};
}

tl::expected<json::object, TokenError> decode_object(std::string_view part) {
  const auto text = base64url_decode(part);
  if (!text) {
    return refuse(TokenErrorCode::malformed, "a part of the token is not base64url without padding");
  }
  auto object = parse_json_object(*text);
  if (object) {
    return std::move(*object);
  }
  return object.error() == JsonFault::duplicate_name
             ? refuse(TokenErrorCode::malformed, "the token has a duplicate member name")
             : refuse(TokenErrorCode::malformed, "a part of the token is not a JSON object");
}

bool read_optional_text(const json::object& header, std::string_view name, std::optional<std::string>& text) {
  const auto* value = header.if_contains(name);
  if (value == nullptr) {
    return true;
  }
  if (!value->is_string() || value->get_string().empty() || value->get_string().size() > key_id_bytes_max) {
    return false;
  }
  text.emplace(value->get_string().data(), value->get_string().size());
  return true;
}

tl::expected<void, TokenError> read_header(const json::object& header, CompactToken& token) {
  std::optional<std::string> algorithm;
  if (!read_optional_text(header, "alg", algorithm) || !read_optional_text(header, "kid", token.key_id) ||
      !read_optional_text(header, "typ", token.type)) {
    return refuse(TokenErrorCode::malformed, "alg, kid or typ is not a short string");
  }
  // We understand no extension, so none may be critical (RFC 7515 section 4.1.11).
  if (header.contains("crit")) {
    return refuse(TokenErrorCode::critical_header, "the token demands an extension");
  }
  if (!algorithm || !boost::describe::enum_from_string(algorithm->c_str(), token.algorithm) ||
      to_text(token.algorithm) != *algorithm) {
    return refuse(TokenErrorCode::unsupported_algorithm, "the algorithm is not EdDSA, ES256 or RS256");
  }
  return {};
}

bool equal_ignoring_case(std::string_view left, std::string_view lower_case) {
  const auto lower = [](char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
  };
  return std::ranges::equal(left, lower_case, {}, lower);
}

}  // namespace

bool CompactToken::has_type(TypePolicy policy) const {
  if (!type) {
    return policy == TypePolicy::any_jwt;
  }
  return equal_ignoring_case(*type, "at+jwt") || equal_ignoring_case(*type, "application/at+jwt") ||
         (policy == TypePolicy::any_jwt && equal_ignoring_case(*type, "jwt"));
}

tl::expected<CompactToken, TokenError> take_apart(std::string_view token) {
  if (token.size() > token_bytes_max) {
    return refuse(TokenErrorCode::too_large, "the token is larger than 8 KiB");
  }
  const auto first = token.find('.');
  const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return refuse(TokenErrorCode::malformed, "the token does not have three parts");
  }
  CompactToken parts;
  parts.signing_input = token.substr(0, second);
  const auto header = decode_object(token.substr(0, first));
  if (!header) {
    return tl::unexpected{header.error()};
  }
  if (auto read = read_header(*header, parts); !read) {
    return tl::unexpected{read.error()};
  }
  auto payload = decode_object(token.substr(first + 1, second - first - 1));
  if (!payload) {
    return tl::unexpected{payload.error()};
  }
  parts.payload = std::move(*payload);
  auto signature = base64url_decode(token.substr(second + 1));
  if (!signature) {
    return refuse(TokenErrorCode::malformed, "a part of the token is not base64url without padding");
  }
  parts.signature = std::move(*signature);
  return parts;
}

}  // namespace gatehouse::identity
