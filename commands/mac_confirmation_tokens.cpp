#include "commands/mac_confirmation_tokens.hpp"

#include <charconv>

namespace gatehouse {

namespace {

// Every part with its length, so that no two scopes read the same.
std::string message_of(const ConfirmationTokens::Scope& scope, std::int64_t expires_ms) {
  std::string message;
  for (const auto& part : {scope.actor, scope.account, scope.command, scope.target, std::to_string(scope.version), std::to_string(expires_ms)}) {
    message += std::to_string(part.size()) + ":" + part;
  }
  return message;
}

// In the time of the longer text, whatever they share.
bool equal(std::string_view left, std::string_view right) {
  unsigned difference = left.size() == right.size() ? 0 : 1;
  for (std::size_t index = 0; index < left.size() && index < right.size(); ++index) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(left[index]) ^ static_cast<unsigned char>(right[index]));
  }
  return difference == 0;
}

}  // namespace

std::string MacConfirmationTokens::issue(const Scope& scope, Timestamp /*now*/, Timestamp expires_at) const {
  return std::to_string(expires_at.unix_ms) + "." + mac_(message_of(scope, expires_at.unix_ms));
}

ConfirmationTokens::Check MacConfirmationTokens::check(const Scope& scope, Timestamp now, const std::string& token) const {
  std::int64_t expires_ms = 0;
  const auto dot = std::min(token.find('.'), token.size());
  const auto [end, error] = std::from_chars(token.data(), token.data() + dot, expires_ms);
  if (error != std::errc{} || end != token.data() + dot || dot == token.size() || now.unix_ms >= expires_ms) return Check::stale;
  return equal(std::string_view(token).substr(dot + 1), mac_(message_of(scope, expires_ms))) ? Check::valid : Check::stale;
}

}  // namespace gatehouse
