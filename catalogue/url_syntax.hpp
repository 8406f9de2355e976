// The form of the addresses in a manifest (RFC 3986), no more: nothing is resolved or fetched.
#pragma once
#include <cstddef>
#include <string_view>

namespace gatehouse::catalogue {

inline constexpr std::size_t url_bytes_max = 2'048;
inline constexpr std::size_t host_bytes_max = 253;

// https with a host, without user information.
[[nodiscard]] bool is_https_url(std::string_view text);
// The same, or http to the developer's own machine: localhost, 127.0.0.1 or [::1].
[[nodiscard]] bool is_https_or_loopback_url(std::string_view text);
// https or http with a host, without user information and fragment.
[[nodiscard]] bool is_web_url(std::string_view text);
// A host name of at least two labels; "*." may stand in front.
[[nodiscard]] bool is_domain(std::string_view text);

}  // namespace gatehouse::catalogue
