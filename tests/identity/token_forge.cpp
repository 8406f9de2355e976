#include "tests/identity/token_forge.hpp"

#include <boost/json/serialize.hpp>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "identity/base64url.hpp"
#include "identity/jwk_set.hpp"

namespace gatehouse::identity {
namespace {

std::string number_bytes(const BIGNUM* number, int length) {
  std::string bytes(static_cast<std::size_t>(length), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), length);
  return bytes;
}

std::string number_member(EVP_PKEY* key, const char* name, int length) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key, name, &number);
  auto bytes = number_bytes(number, length > 0 ? length : BN_num_bytes(number));
  BN_free(number);
  return base64url_encode(bytes);
}

int coordinate_bytes(EVP_PKEY* key) { return (EVP_PKEY_get_bits(key) + 7) / 8; }

}  // namespace

ForgeKey::ForgeKey(EVP_PKEY* key) : key_(key, &EVP_PKEY_free) {}

ForgeKey ForgeKey::ed25519() { return ForgeKey{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")}; }
ForgeKey ForgeKey::p256() { return ForgeKey{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")}; }
ForgeKey ForgeKey::p384() { return ForgeKey{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384")}; }
ForgeKey ForgeKey::rsa(unsigned bits) {
  return ForgeKey{EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(bits))};
}

std::string ForgeKey::sign_native(std::string_view message) const {
  const bool hashes = EVP_PKEY_get_base_id(key_.get()) != EVP_PKEY_ED25519;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  EVP_DigestSignInit(context.get(), nullptr, hashes ? EVP_sha256() : nullptr, nullptr, key_.get());
  std::size_t length = 1024;
  std::string signature(length, '\0');
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                 reinterpret_cast<const unsigned char*>(message.data()), message.size());
  signature.resize(length);
  return signature;
}

std::string ForgeKey::sign(std::string_view message) const {
  const auto native = sign_native(message);
  if (EVP_PKEY_get_base_id(key_.get()) != EVP_PKEY_EC) {
    return native;
  }
  const auto* position = reinterpret_cast<const unsigned char*>(native.data());
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair{
      d2i_ECDSA_SIG(nullptr, &position, static_cast<long>(native.size())), &ECDSA_SIG_free};
  const int length = coordinate_bytes(key_.get());
  return number_bytes(ECDSA_SIG_get0_r(pair.get()), length) + number_bytes(ECDSA_SIG_get0_s(pair.get()), length);
}

boost::json::object ForgeKey::jwk() const {
  switch (EVP_PKEY_get_base_id(key_.get())) {
  case EVP_PKEY_ED25519: {
    std::string point(32, '\0');
    std::size_t length = point.size();
    EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(point.data()), &length);
    return {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", base64url_encode(point)}};
  }
  case EVP_PKEY_EC: {
    const int length = coordinate_bytes(key_.get());
    return {{"kty", "EC"},
            {"crv", length == 32 ? "P-256" : "P-384"},
            {"x", number_member(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X, length)},
            {"y", number_member(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y, length)}};
  }
  default:
    return {{"kty", "RSA"},
            {"n", number_member(key_.get(), OSSL_PKEY_PARAM_RSA_N, 0)},
            {"e", number_member(key_.get(), OSSL_PKEY_PARAM_RSA_E, 0)}};
  }
}

PublicKey ForgeKey::public_key() const {
  const boost::json::object set{{"keys", boost::json::array{jwk()}}};
  return parse_jwk_set(boost::json::serialize(set)).value().front();
}

std::string ForgeKey::public_pem() const {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory{BIO_new(BIO_s_mem()), &BIO_free};
  PEM_write_bio_PUBKEY(memory.get(), key_.get());
  const char* text = nullptr;
  const auto length = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

boost::json::object sound_payload() {
  const auto now = forge_time.time_since_epoch().count();
  return {{"iss", forge_issuer}, {"aud", forge_audience}, {"sub", "u-anna"},
          {"account_id", "a-1"}, {"client_id", "web"},    {"jti", "token-1"},
          {"iat", now},          {"exp", now + 600},      {"scope", "directory auditor"}};
}

boost::json::object header_for(std::string_view algorithm, const ForgeKey& key) {
  return {{"alg", algorithm}, {"typ", "at+jwt"}, {"kid", key.public_key().key_id()}};
}

std::string assemble(std::string_view header, std::string_view payload, const ForgeKey& key) {
  const auto input = base64url_encode(header) + "." + base64url_encode(payload);
  return input + "." + base64url_encode(key.sign(input));
}

std::string assemble(const boost::json::object& header, const boost::json::object& payload, const ForgeKey& key) {
  return assemble(boost::json::serialize(header), boost::json::serialize(payload), key);
}

TrustedIssuer trust(const ForgeKey& key) {
  return {std::string{forge_issuer}, std::string{forge_audience}, {key.public_key()}};
}

}  // namespace gatehouse::identity
