// A public key that signs tokens: Ed25519 (RFC 8037), P-256 or RSA of at least 2048 bits (RFC 7518). The algorithm
// belongs to the key: a token's header may only agree with it, so no header turns an RSA key into an HMAC secret.
// Immutable; copies share the key; safe from any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <boost/describe/enum.hpp>
#include <openssl/types.h>
#include <tl/expected.hpp>

namespace gatehouse::identity {

inline constexpr int rsa_bits_min = 2048;
inline constexpr int rsa_bits_max = 8192;  // verification time grows with the square

BOOST_DEFINE_FIXED_ENUM_CLASS(Algorithm, std::uint8_t, EdDSA, ES256, RS256)

[[nodiscard]] std::string_view to_text(Algorithm algorithm);

class PublicKey {
 public:
  using Made = tl::expected<PublicKey, std::string>;  // or what is wrong with the key

  // All take raw bytes: the 32 bytes of the point, the 32-byte coordinates, the big-endian modulus and exponent.
  [[nodiscard]] static Made from_ed25519(std::string_view point);
  [[nodiscard]] static Made from_p256(std::string_view x, std::string_view y);
  [[nodiscard]] static Made from_rsa(std::string_view modulus, std::string_view exponent);

  [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
  [[nodiscard]] const std::string& key_id() const { return key_id_; }          // the thumbprint unless named otherwise
  [[nodiscard]] const std::string& thumbprint() const { return thumbprint_; }  // RFC 7638, SHA-256
  [[nodiscard]] PublicKey named(std::string key_id) const;
  // The JWK as compact JSON with kty, its members, kid, alg and use.
  [[nodiscard]] std::string jwk() const;

  // `signature` in JOSE form: 64 bytes for EdDSA and for ES256 (r and s, never DER), as long as the modulus for RS256.
  [[nodiscard]] bool verifies(std::string_view message, std::string_view signature) const;

 private:
  PublicKey(Algorithm algorithm, std::shared_ptr<EVP_PKEY> key, std::string members);

  Algorithm algorithm_;
  std::shared_ptr<EVP_PKEY> key_;
  std::string members_;  // the required members in RFC 7638 order
  std::string thumbprint_;
  std::string key_id_;
};

}  // namespace gatehouse::identity
