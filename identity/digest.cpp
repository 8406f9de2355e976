#include "identity/digest.hpp"

#include <limits>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

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
  GATEHOUSE_ASSERT(key.size() <= std::numeric_limits<int>::max());
  Sha256 digest{};
  unsigned int length = 0;
  const auto* result =
      HMAC(fetched_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data(), &length);
  GATEHOUSE_ASSERT(result != nullptr && length == digest.size());
  return digest;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace gatehouse::identity
