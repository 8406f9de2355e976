// Makes tokens that our own code would never make: any header, any payload, signed by fresh keys of any type or wrongly
// on purpose.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>
#include <openssl/types.h>

#include "identity/public_key.hpp"
#include "identity/verifier.hpp"

namespace gatehouse::identity {

// A private key of the test's own.
class ForgeKey {
 public:
  static ForgeKey ed25519();
  static ForgeKey p256();
  static ForgeKey p384();
  static ForgeKey rsa(unsigned bits = 2048);

  // Ed25519: 64 bytes. EC: DER. RSA: PKCS #1 v1.5 with SHA-256.
  [[nodiscard]] std::string sign_native(std::string_view message) const;
  // As JOSE wants it: EC as r and s.
  [[nodiscard]] std::string sign(std::string_view message) const;
  // The public members, without kid.
  [[nodiscard]] boost::json::object jwk() const;
  [[nodiscard]] PublicKey public_key() const;
  [[nodiscard]] std::string public_pem() const;

 private:
  explicit ForgeKey(EVP_PKEY* key);
  std::shared_ptr<EVP_PKEY> key_;
};

inline constexpr UnixSeconds forge_time{std::chrono::seconds{1'790'000'000}};
inline constexpr std::string_view forge_issuer = "https://login.example.com";
inline constexpr std::string_view forge_audience = "https://gatehouse.example.com";

// What a sound token of `forge_issuer` says at `forge_time`, living ten minutes.
boost::json::object sound_payload();
boost::json::object header_for(std::string_view algorithm, const ForgeKey& key);

std::string assemble(std::string_view header, std::string_view payload, const ForgeKey& key);
std::string assemble(const boost::json::object& header, const boost::json::object& payload, const ForgeKey& key);

TrustedIssuer trust(const ForgeKey& key);

}  // namespace gatehouse::identity
