// E-mail addresses as keys (D6): trimmed, in lower case, both by Unicode. Only the form is checked that every address has; whether somebody reads
// it, nobody can know from here.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

// Nothing unless it is something@something in UTF-8 without spaces, control characters and any of ()<>[]:;,\", of at most
// limits::email_bytes_max bytes.
[[nodiscard]] std::optional<std::string> normalise_email(std::string_view text);

}  // namespace gatehouse
