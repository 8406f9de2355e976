#include "tlog/cosignature.hpp"

#include "table/assert.hpp"

namespace gatehouse::tlog {

namespace {

constexpr std::size_t time_bytes = 8;

std::string message_of(std::string_view checkpoint_text, std::uint64_t unix_seconds) {
  return "cosignature/v1\ntime " + std::to_string(unix_seconds) + "\n" + std::string(checkpoint_text);
}

}  // namespace

Signature cosign(std::string_view checkpoint_text, std::uint64_t unix_seconds, const NoteSigner& signer) {
  const auto& key = signer.verifier_key();
  GATEHOUSE_ASSERT(key.type() == SignatureType::ed25519_cosignature);
  std::string bytes;
  for (unsigned shift = 64; shift > 0; shift -= 8)
    bytes += static_cast<char>(unix_seconds >> (shift - 8U));
  bytes += signer.key().sign(message_of(checkpoint_text, unix_seconds));
  return {key.name(), key.id(), std::move(bytes)};
}

std::optional<std::uint64_t> cosigned_at(const Note& checkpoint, const VerifierKey& key) {
  GATEHOUSE_ASSERT(key.type() == SignatureType::ed25519_cosignature);
  const auto* signature = find_signature(checkpoint, key);
  if (signature == nullptr || signature->bytes.size() <= time_bytes)
    return std::nullopt;
  std::uint64_t time = 0;
  for (std::size_t place = 0; place < time_bytes; ++place)
    time = time << 8U | static_cast<std::uint8_t>(signature->bytes[place]);
  const auto bytes = std::string_view(signature->bytes).substr(time_bytes);
  return key.key().verifies(message_of(checkpoint.text, time), bytes) ? std::optional(time) : std::nullopt;
}

}  // namespace gatehouse::tlog
