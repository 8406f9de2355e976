#include "identity/claims.hpp"

#include <algorithm>
#include <cmath>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace gatehouse::identity {
namespace {

namespace json = boost::json;

using Refusal = tl::unexpected<TokenError>;

constexpr std::int64_t last_second = 253'402'300'799;  // end of the year 9999: what RFC 3339 can still write

Refusal invalid(std::string_view detail) { return Refusal{TokenError{TokenErrorCode::invalid_claim, detail}}; }

std::string_view text_of(const json::value& value) { return {value.get_string().data(), value.get_string().size()}; }

// A NumericDate may have a fraction (RFC 7519 section 2); the part of a second is dropped.
std::optional<UnixSeconds> read_time(const json::value* value) {
  std::optional<std::int64_t> seconds;
  if (value == nullptr) {
    return std::nullopt;
  }
  if (const auto* whole = value->if_int64()) {
    seconds = *whole;
  } else if (const auto* fraction = value->if_double()) {
    if (*fraction >= 0 && *fraction <= static_cast<double>(last_second)) {
      seconds = static_cast<std::int64_t>(*fraction);
    }
  }
  if (!seconds || *seconds < 0 || *seconds > last_second) {
    return std::nullopt;
  }
  return UnixSeconds{std::chrono::seconds{*seconds}};
}

bool read_text(const json::object& payload, std::string_view name, bool (*accepts)(std::string_view),
               std::string& text) {
  const auto* value = payload.if_contains(name);
  if (value == nullptr || !value->is_string() || !accepts(text_of(*value))) {
    return false;
  }
  text = text_of(*value);
  return true;
}

tl::expected<void, TokenError> read_audience(const json::object& payload, std::string_view expected, Claims& claims) {
  constexpr TokenError elsewhere{TokenErrorCode::wrong_audience, "the token is for another audience"};
  const auto* value = payload.if_contains("aud");
  if (value != nullptr && value->is_string() && is_claim_text(text_of(*value))) {
    if (text_of(*value) != expected) {
      return Refusal{elsewhere};
    }
  } else if (value != nullptr && value->is_array()) {
    const auto& list = value->get_array();
    const auto sound = [](const json::value& entry) { return entry.is_string() && is_claim_text(text_of(entry)); };
    if (list.empty() || list.size() > claim_audiences_max || !std::ranges::all_of(list, sound)) {
      return invalid("aud is not a string or a short list of strings");
    }
    if (std::ranges::none_of(list, [&](const json::value& entry) { return text_of(entry) == expected; })) {
      return Refusal{elsewhere};
    }
  } else {
    return invalid("aud is missing or not a string or a list of strings");
  }
  claims.audience = expected;
  return {};
}

bool read_scopes(const json::object& payload, Claims& claims) {
  const auto* value = payload.if_contains("scope");
  if (value == nullptr) {
    return true;
  }
  if (!value->is_string()) {
    return false;
  }
  auto rest = text_of(*value);
  while (!rest.empty()) {
    const auto end = rest.find(' ');
    const auto scope = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    const bool trailing_space = end != std::string_view::npos && rest.empty();
    if (!is_scope_token(scope) || trailing_space || claims.scopes.size() == claim_scopes_max) {
      return false;
    }
    claims.scopes.emplace(scope);
  }
  return true;
}

}  // namespace

bool is_claim_id(std::string_view text) {
  static constexpr std::string_view marks = "_.@:-";
  return !text.empty() && text.size() <= claim_id_bytes_max && std::ranges::all_of(text, [](char character) {
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z') ||
           (character >= '0' && character <= '9') || marks.find(character) != std::string_view::npos;
  });
}

bool is_claim_text(std::string_view text) {
  return !text.empty() && text.size() <= claim_text_bytes_max &&
         std::ranges::all_of(text, [](char character) { return character >= ' ' && character <= '~'; });
}

bool is_scope_token(std::string_view text) {
  return !text.empty() && text.size() <= claim_scope_bytes_max && std::ranges::all_of(text, [](char character) {
    return character > ' ' && character <= '~' && character != '"' && character != '\\';
  });
}

tl::expected<Claims, TokenError> read_claims(const json::object& payload, std::string_view expected_audience) {
  Claims claims;
  if (!read_text(payload, "iss", is_claim_text, claims.issuer)) {
    return invalid("iss is missing or not a short text");
  }
  if (auto audience = read_audience(payload, expected_audience, claims); !audience) {
    return tl::unexpected{audience.error()};
  }
  if (!read_text(payload, "sub", is_claim_id, claims.subject)) {
    return invalid("sub is missing or not an id");
  }
  if (!read_text(payload, "client_id", is_claim_text, claims.client_id)) {
    return invalid("client_id is missing or not a short text");
  }
  if (!read_text(payload, "jti", is_claim_text, claims.token_id)) {
    return invalid("jti is missing or not a short text");
  }
  if (payload.contains("account_id") && !read_text(payload, "account_id", is_claim_id, claims.account_id.emplace())) {
    return invalid("account_id is not an id");
  }
  if (payload.contains("app_id") && !read_text(payload, "app_id", is_claim_id, claims.app_id.emplace())) {
    return invalid("app_id is not an id");
  }
  if (!read_scopes(payload, claims)) {
    return invalid("scope is not a list of scope names separated by single spaces");
  }
  const auto issued_at = read_time(payload.if_contains("iat"));
  const auto expires_at = read_time(payload.if_contains("exp"));
  if (!issued_at || !expires_at) {
    return invalid("iat or exp is missing or not a time");
  }
  if (*expires_at <= *issued_at) {
    return invalid("exp is not after iat");
  }
  claims.issued_at = *issued_at;
  claims.expires_at = *expires_at;
  if (payload.contains("nbf")) {
    claims.not_before = read_time(payload.if_contains("nbf"));
    if (!claims.not_before) {
      return invalid("nbf is not a time");
    }
  }
  return claims;
}

}  // namespace gatehouse::identity
