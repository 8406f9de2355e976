// Cosignatures of witnesses on a checkpoint, with the time (C2SP tlog-cosignature, Ed25519).
#pragma once
#include <cstdint>
#include <optional>

#include "tlog/note.hpp"

namespace gatehouse::tlog {

// `signer` has type ed25519_cosignature.
[[nodiscard]] Signature cosign(std::string_view checkpoint_text, std::uint64_t unix_seconds, const NoteSigner& signer);
// The time of the key's cosignature; nothing when there is none, or a wrong one.
[[nodiscard]] std::optional<std::uint64_t> cosigned_at(const Note& checkpoint, const VerifierKey& key);

}  // namespace gatehouse::tlog
