#include "identity/digest.hpp"

#include <array>
#include <memory>
#include <string>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "table/assert.hpp"

namespace gatehouse::identity {
namespace {

// Looking the algorithm up by name takes longer than hashing a token, so it happens once.
const EVP_MD* fetched_sha256() {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm{EVP_MD_fetch(nullptr, "SHA256", nullptr),
                                                                         &EVP_MD_free};
  GATEHOUSE_ASSERT(algorithm != nullptr);
  return algorithm.get();
}

using HmacContext = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

// Knows its algorithm, which HMAC() looks up for each message.
HmacContext make_hmac_context() {
  static const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> algorithm{EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                                           &EVP_MAC_free};
  HmacContext context{EVP_MAC_CTX_new(algorithm.get()), &EVP_MAC_CTX_free};
  std::string digest = "SHA256";
  const std::array<OSSL_PARAM, 2> parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
                                             OSSL_PARAM_construct_end()};
  GATEHOUSE_ASSERT(EVP_MAC_CTX_set_params(context.get(), parameters.data()) == 1);
  return context;
}

}  // namespace

Sha256 sha256(std::string_view message) {
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                                     &EVP_MD_CTX_free};
  Sha256 digest{};
  const bool done = EVP_DigestInit_ex(context.get(), fetched_sha256(), nullptr) == 1 &&
                    EVP_DigestUpdate(context.get(), message.data(), message.size()) == 1 &&
                    EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1;
  GATEHOUSE_ASSERT(done);
  return digest;
}

Sha256 hmac_sha256(std::span<const std::uint8_t> key, std::string_view message) {
  thread_local const auto context = make_hmac_context();
  Sha256 digest{};
  std::size_t length = 0;
  const bool done =
      EVP_MAC_init(context.get(), key.data(), key.size(), nullptr) == 1 &&
      EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1 &&
      EVP_MAC_final(context.get(), digest.data(), &length, digest.size()) == 1;
  GATEHOUSE_ASSERT(done && length == digest.size());
  return digest;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace gatehouse::identity
