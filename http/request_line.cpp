#include "http/request_line.hpp"

#include <optional>

#include "http/field_syntax.hpp"
#include "http/host_field.hpp"

namespace gatehouse::http {
namespace {

using MaybeRefusal = std::optional<Refusal>;

// Longer than any method in the IANA registry.
constexpr std::size_t method_bytes_max = 32;

MaybeRefusal check_method(std::string_view method) {
  if (!is_token(method))
    return Refusal{RefusalKind::malformed_request, "The method is not a token."};
  if (method.size() > method_bytes_max) {
    return Refusal{RefusalKind::method_not_implemented, "The method is longer than any this server knows."};
  }
  if (method == "CONNECT")
    return Refusal{RefusalKind::method_not_implemented, "This server is not a proxy."};
  if (method == "TRACE")
    return Refusal{RefusalKind::method_not_allowed, "TRACE is switched off."};
  return std::nullopt;
}

MaybeRefusal check_version(std::string_view version) {
  const bool shaped = version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) &&
                      version[6] == '.' && is_digit(version[7]);
  if (!shaped)
    return Refusal{RefusalKind::malformed_request, "The request line does not end in an HTTP version."};
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return Refusal{RefusalKind::http_version_unsupported, "This server speaks HTTP/1.1 and HTTP/1.0."};
  }
  return std::nullopt;
}

MaybeRefusal check_target(std::string_view target) {
  if (!target.starts_with('/'))
    return Refusal{RefusalKind::invalid_target, "The target does not begin with a slash."};
  for (std::size_t at = 0; at < target.size(); ++at) {
    if (is_target_character(target[at]))
      continue;
    if (target[at] == '#')
      return Refusal{RefusalKind::invalid_target, "The target has a fragment."};
    if (target[at] != '%')
      return Refusal{RefusalKind::invalid_target, "The target has a character that needs an escape."};
    const bool whole = at + 2 < target.size() && hex_digit(target[at + 1]) >= 0 && hex_digit(target[at + 2]) >= 0;
    if (!whole)
      return Refusal{RefusalKind::invalid_target, "The target has a broken percent escape."};
    if (target.substr(at, 3) == "%00")
      return Refusal{RefusalKind::invalid_target, "The target has an escaped NUL."};
    at += 2;
  }
  return std::nullopt;
}

}  // namespace

std::string_view authority_of(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme))
      continue;
    const auto authority = target.substr(0, target.find('/', scheme.size())).substr(scheme.size());
    return is_host_value(authority) ? authority : std::string_view();
  }
  return {};
}

std::string_view origin_form(std::string_view target) {
  const auto authority = authority_of(target);
  if (authority.empty())
    return target;
  const std::string_view rest(authority.end(), target.end());
  return rest.empty() ? "/" : rest;
}

tl::expected<RequestLine, Refusal> check_request_line(std::string_view line, const Limits& limits) {
  if (line.size() > limits.request_line_bytes) {
    return tl::unexpected(Refusal{RefusalKind::target_too_long, "The request line is longer than this server reads."});
  }
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return tl::unexpected(Refusal{RefusalKind::malformed_request, "The request line is not method, target, version."});
  }
  const std::string_view method = line.substr(0, first);
  const std::string_view target = origin_form(line.substr(first + 1, last - first - 1));
  const std::string_view version = line.substr(last + 1);
  if (const auto refusal = check_method(method))
    return tl::unexpected(*refusal);
  // The version decides what the rest means, so an unknown one is named first.
  if (const auto refusal = check_version(version))
    return tl::unexpected(*refusal);
  if (const auto refusal = check_target(target))
    return tl::unexpected(*refusal);
  return RequestLine{.method = method, .target = target, .http_1_0 = version.back() == '0'};
}

}  // namespace gatehouse::http
