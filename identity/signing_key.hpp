// The server's own Ed25519 keys, each made on first use as <data>/keys/<name>.pem (PKCS #8, mode 0600): what `gatehouse token` signs with and
// the running server trusts (its kid is its RFC 7638 thumbprint), and what the log is signed with. Immutable; safe from any thread.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/types.h>
#include <tl/expected.hpp>

#include "identity/private_file.hpp"
#include "identity/public_key.hpp"
#include "identity/secret.hpp"
#include "identity/verifier.hpp"

namespace gatehouse::identity {

inline constexpr std::string_view own_issuer = "gatehouse";
inline constexpr std::string_view own_audience = "gatehouse";

class SigningKey {
 public:
  [[nodiscard]] static SigningKey generate();
  // Nothing unless the text is one unencrypted Ed25519 private key.
  [[nodiscard]] static std::optional<SigningKey> from_pem(const Secret& pem);
  [[nodiscard]] Secret to_pem() const;

  [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
  [[nodiscard]] const std::string& key_id() const { return public_key_.key_id(); }
  [[nodiscard]] std::string public_point() const;                  // 32 bytes (RFC 8032)
  [[nodiscard]] std::string sign(std::string_view message) const;  // 64 bytes

  // What a verifier needs to accept this key's tokens for the default audience.
  [[nodiscard]] TrustedIssuer as_issuer() const;

 private:
  explicit SigningKey(std::shared_ptr<EVP_PKEY> key);

  std::shared_ptr<EVP_PKEY> key_;
  PublicKey public_key_;
};

inline constexpr std::string_view token_key = "token-signing";
inline constexpr std::string_view log_key = "log-signing";

// <data>/keys/<name>.pem
[[nodiscard]] std::filesystem::path file_of_key(const std::filesystem::path& data_directory, std::string_view name);
// Works while a server runs on the same directory: whoever comes second reads what the first has made.
[[nodiscard]] tl::expected<SigningKey, PrivateFileError> load_or_create_key(const std::filesystem::path& data_directory,
                                                                            std::string_view name = token_key);
// For whoever must not make one: where there is none, that is the error.
[[nodiscard]] tl::expected<SigningKey, PrivateFileError> load_key(const std::filesystem::path& data_directory,
                                                                  std::string_view name = token_key);

}  // namespace gatehouse::identity
