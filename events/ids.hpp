// The identifiers of the product, a type for each so that they cannot be mixed up. Text identifiers match
// [A-Za-z0-9_.@:-]{1,64}; those the server makes are a UUIDv7 as 22 base64url characters. Ids are opaque and never personal data.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse {

inline constexpr std::size_t id_bytes_max = 64;

template <class Tag>
struct Id {
  std::string value;

  Id() = default;
  explicit Id(std::string text) : value(std::move(text)) {}
  explicit Id(std::string_view text) : value(text) {}
  explicit Id(const char* text) : value(text) {}
  [[nodiscard]] bool empty() const { return value.empty(); }
  auto operator<=>(const Id&) const = default;
};

using AccountId = Id<struct AccountTag>;  // also names the stream of the account's events
using UserId = Id<struct UserTag>;
using AppId = Id<struct AppTag>;
using RoleId = Id<struct RoleTag>;
using GroupId = Id<struct GroupTag>;
using RequestId = Id<struct RequestTag>;
using SubscriptionId = Id<struct SubscriptionTag>;
using EntryId = Id<struct EntryTag>;                // an allow-list entry
using ClientId = Id<struct ClientTag>;              // an OAuth client: a set of an app's credentials
using NotificationId = Id<struct NotificationTag>;  // a request's id and what it is told about
using EndpointId = Id<struct EndpointTag>;          // of webhooks
using SecretId = Id<struct SecretTag>;

// The platform-wide stream of apps and scopes. No account may have this id.
inline const AccountId catalogue_stream{"catalogue"};
// The platform-wide stream of what left the server: an account's own history holds nothing that none of its commands made.
inline const AccountId outbound_stream{"outbound"};
// The platform-wide stream of what the log says of itself.
inline const AccountId transparency_stream{"transparency"};
[[nodiscard]] inline bool is_platform_stream(const AccountId& stream) {
  return stream == catalogue_stream || stream == outbound_stream || stream == transparency_stream;
}

[[nodiscard]] bool is_valid_id(std::string_view text);

// A UUIDv7 (RFC 9562): sorts by the millisecond it was made in.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  [[nodiscard]] bool is_nil() const { return *this == Uuid{}; }
  auto operator<=>(const Uuid&) const = default;
};

[[nodiscard]] Uuid make_uuid_v7(std::int64_t unix_ms, const std::array<std::uint8_t, 10>& random);
// 22 base64url characters without padding.
[[nodiscard]] std::string to_text(const Uuid& uuid);

}  // namespace gatehouse
