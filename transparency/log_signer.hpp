// The log's identity: its key, and the name by which the key signs (docs/transparency.md).
#pragma once
#include <string>

#include "identity/signing_key.hpp"
#include "tlog/note.hpp"

namespace gatehouse::transparency {

inline constexpr std::string_view export_manifest_line =
    "gatehouse.export/v1";  // the first line of a text that is no checkpoint
inline constexpr std::string_view backup_manifest_line = "gatehouse.backup/v1";  // of another one

// A key name, and not what another text that the key signs begins with.
[[nodiscard]] bool is_origin(std::string_view origin);
// `origin` may be empty: then it follows from the key.
[[nodiscard]] tlog::NoteSigner make_log_signer(std::string origin, identity::SigningKey key);

}  // namespace gatehouse::transparency
