#include "api/page.hpp"

#include "identity/base64url.hpp"
#include "identity/digest.hpp"

namespace gatehouse::api {
namespace {

constexpr std::size_t mac_bytes = 16;
constexpr std::size_t time_bytes = 8;

std::string time_to_bytes(Timestamp time) {
  std::string bytes;
  for (std::size_t index = 0; index < time_bytes; ++index) {
    bytes.push_back(static_cast<char>(static_cast<std::uint64_t>(time.unix_ms) >> (8 * index)));
  }
  return bytes;
}

Timestamp time_from_bytes(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t index = 0; index < time_bytes; ++index) {
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[index])) << (8 * index);
  }
  return {static_cast<std::int64_t>(value)};
}

// The query's length stands before it, so that no query and content can be read as others.
std::string mac_of(const identity::Secret& secret, std::string_view query, std::string_view content) {
  std::string message = std::to_string(query.size());
  message.append(":").append(query).append(content);
  const auto mac = identity::hmac_sha256(secret.reveal(), message);
  return {mac.begin(), mac.begin() + mac_bytes};
}

}  // namespace

std::string PageTokens::seal(std::string_view query, std::string_view last_key, Timestamp now) const {
  const auto period_end = (now.unix_ms / page_token_period_ms + 1) * page_token_period_ms;
  const auto content = time_to_bytes({period_end + page_token_lifetime_ms}).append(last_key);
  return identity::base64url_encode(mac_of(secret_, query, content) + content);
}

std::optional<std::string> PageTokens::open(std::string_view query, std::string_view token, Timestamp now) const {
  const auto bytes = identity::base64url_decode(token);
  if (!bytes || bytes->size() < mac_bytes + time_bytes)
    return std::nullopt;
  const auto content = std::string_view(*bytes).substr(mac_bytes);
  const auto mac = std::string_view(*bytes).substr(0, mac_bytes);
  if (!identity::equal_in_constant_time(mac, mac_of(secret_, query, content)))
    return std::nullopt;
  if (time_from_bytes(content) <= now)
    return std::nullopt;
  return std::string(content.substr(time_bytes));
}

}  // namespace gatehouse::api
