// Whether the value of a Host field is one host with an optional port (RFC 9110 section 7.2): a registered name of letters,
// digits, '-', '.', '_' or an IPv6 literal. Stricter than the RFC's grammar, which also admits commas and an empty host.
#pragma once
#include <string_view>

namespace gatehouse::http {

bool is_host_value(std::string_view value) noexcept;

}  // namespace gatehouse::http
