#include "identity/public_key.hpp"

#include <utility>

#include <boost/describe/enum_to_string.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/params.h>

#include "identity/base64url.hpp"
#include "identity/digest.hpp"
#include "identity/openssl_errors.hpp"

namespace gatehouse::identity {
namespace {

constexpr std::size_t ed25519_point_bytes = 32;
constexpr std::size_t ed25519_signature_bytes = 64;
constexpr std::size_t p256_coordinate_bytes = 32;
constexpr std::size_t rsa_exponent_bytes_max = 8;

using KeyPointer = std::shared_ptr<EVP_PKEY>;
using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

Number number_from(std::string_view bytes) {
  return {BN_bin2bn(raw(bytes), static_cast<int>(bytes.size()), nullptr), &BN_free};
}

KeyPointer key_from_parameters(const char* type, OSSL_PARAM* parameters) {
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context{
      EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), &EVP_PKEY_CTX_free};
  EVP_PKEY* key = nullptr;
  if (context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
    return nullptr;
  }
  return {key, &EVP_PKEY_free};
}

bool is_sound(EVP_PKEY* key) {
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context{
      EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr), &EVP_PKEY_CTX_free};
  return context != nullptr && EVP_PKEY_public_check(context.get()) == 1;
}

// r and s as the DER sequence that OpenSSL verifies.
std::string ecdsa_der(std::string_view signature) {
  const auto half = signature.size() / 2;
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair{ECDSA_SIG_new(), &ECDSA_SIG_free};
  auto r = number_from(signature.substr(0, half));
  auto s = number_from(signature.substr(half));
  if (pair == nullptr || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) {
    return {};
  }
  std::ignore = r.release();
  std::ignore = s.release();
  std::string der(static_cast<std::size_t>(std::max(i2d_ECDSA_SIG(pair.get(), nullptr), 0)), '\0');
  auto* position = reinterpret_cast<unsigned char*>(der.data());
  i2d_ECDSA_SIG(pair.get(), &position);
  return der;
}

bool verifies_with(EVP_PKEY* key, const EVP_MD* hash, std::string_view message, std::string_view signature) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  return context != nullptr && EVP_DigestVerifyInit(context.get(), nullptr, hash, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(message), message.size()) == 1;
}

}  // namespace

std::string_view to_text(Algorithm algorithm) { return boost::describe::enum_to_string(algorithm, "?"); }

PublicKey::PublicKey(Algorithm algorithm, KeyPointer key, std::string members)
    : algorithm_(algorithm), key_(std::move(key)), members_(std::move(members)),
      thumbprint_(base64url_encode(sha256("{" + members_ + "}"))), key_id_(thumbprint_) {}

PublicKey::Made PublicKey::from_ed25519(std::string_view point) {
  if (point.size() != ed25519_point_bytes) {
    return tl::unexpected<std::string>{"an Ed25519 point has 32 bytes"};
  }
  const ErrorQueueGuard guard;
  KeyPointer key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(point), point.size()), &EVP_PKEY_free};
  if (key == nullptr) {
    return tl::unexpected<std::string>{"the Ed25519 point is not usable"};
  }
  return PublicKey{Algorithm::EdDSA, std::move(key),
                   R"("crv":"Ed25519","kty":"OKP","x":")" + base64url_encode(point) + '"'};
}

PublicKey::Made PublicKey::from_p256(std::string_view x, std::string_view y) {
  if (x.size() != p256_coordinate_bytes || y.size() != p256_coordinate_bytes) {
    return tl::unexpected<std::string>{"a P-256 coordinate has 32 bytes"};
  }
  const ErrorQueueGuard guard;
  std::string group = "P-256";
  std::string point = "\x04";  // uncompressed
  point.append(x).append(y);
  std::array<OSSL_PARAM, 3> parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end()};
  auto key = key_from_parameters("EC", parameters.data());
  if (key == nullptr || !is_sound(key.get())) {
    return tl::unexpected<std::string>{"the point is not on the curve P-256"};
  }
  return PublicKey{Algorithm::ES256, std::move(key),
                   R"("crv":"P-256","kty":"EC","x":")" + base64url_encode(x) + R"(","y":")" + base64url_encode(y) +
                       '"'};
}

PublicKey::Made PublicKey::from_rsa(std::string_view modulus, std::string_view exponent) {
  // Minimal big-endian (RFC 7518 section 6.3.1), so that one key has one thumbprint.
  if (modulus.empty() || modulus.front() == '\0' || exponent.empty() || exponent.front() == '\0' ||
      modulus.size() > rsa_bits_max / 8 || exponent.size() > rsa_exponent_bytes_max) {
    return tl::unexpected<std::string>{"the RSA modulus or exponent is not in its shortest form, or too long"};
  }
  const ErrorQueueGuard guard;
  const auto n = number_from(modulus);
  const auto e = number_from(exponent);
  if (BN_num_bits(n.get()) < rsa_bits_min) {
    return tl::unexpected<std::string>{"an RSA key has at least 2048 bits"};
  }
  if (BN_is_odd(n.get()) == 0 || BN_is_odd(e.get()) == 0 || BN_is_one(e.get()) == 1) {
    return tl::unexpected<std::string>{"the RSA modulus and exponent are odd, the exponent above 1"};
  }
  const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder{OSSL_PARAM_BLD_new(),
                                                                                &OSSL_PARAM_BLD_free};
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> parameters{OSSL_PARAM_BLD_to_param(builder.get()),
                                                                           &OSSL_PARAM_free};
  auto key = key_from_parameters("RSA", parameters.get());
  if (key == nullptr) {
    return tl::unexpected<std::string>{"the RSA key is not usable"};
  }
  return PublicKey{Algorithm::RS256, std::move(key),
                   R"("e":")" + base64url_encode(exponent) + R"(","kty":"RSA","n":")" + base64url_encode(modulus) +
                       '"'};
}

PublicKey PublicKey::named(std::string key_id) const {
  PublicKey copy = *this;
  copy.key_id_ = std::move(key_id);
  return copy;
}

std::string PublicKey::jwk() const {
  const auto quoted_id = boost::json::serialize(boost::json::string_view{key_id_.data(), key_id_.size()});
  return "{" + members_ + R"(,"kid":)" + quoted_id + R"(,"alg":")" + std::string{to_text(algorithm_)} +
         R"(","use":"sig"})";
}

bool PublicKey::verifies(std::string_view message, std::string_view signature) const {
  const ErrorQueueGuard guard;
  switch (algorithm_) {
  case Algorithm::EdDSA:
    return signature.size() == ed25519_signature_bytes && verifies_with(key_.get(), nullptr, message, signature);
  case Algorithm::ES256:
    return signature.size() == 2 * p256_coordinate_bytes &&
           verifies_with(key_.get(), EVP_sha256(), message, ecdsa_der(signature));
  case Algorithm::RS256:
    return signature.size() == static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())) &&
           verifies_with(key_.get(), EVP_sha256(), message, signature);
  }
  return false;
}

}  // namespace gatehouse::identity
