#include "identity/aead.hpp"

#include <climits>
#include <memory>

#include <openssl/evp.h>

#include "table/assert.hpp"

namespace gatehouse::identity {

namespace {

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
struct FreeCipher {
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};

const EVP_CIPHER* cipher() {
  // Fetched once: a lookup by name for each message costs more than the message.
  static const std::unique_ptr<EVP_CIPHER, FreeCipher> aes(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  GATEHOUSE_ASSERT(aes != nullptr);
  return aes.get();
}

EVP_CIPHER_CTX* context() {
  thread_local const std::unique_ptr<EVP_CIPHER_CTX, FreeContext> own(EVP_CIPHER_CTX_new());
  GATEHOUSE_ASSERT(own != nullptr);
  return own.get();
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

int length_of(std::string_view text) {
  GATEHOUSE_ASSERT(text.size() <= INT_MAX);
  return static_cast<int>(text.size());
}

}  // namespace

std::string aead_seal(AeadKey key, AeadNonce nonce, std::string_view bound, std::string_view text) {
  auto* aes = context();
  std::string sealed(text.size() + aead_tag_bytes, '\0');
  int done = 0;
  const bool ok = EVP_EncryptInit_ex2(aes, cipher(), key.data(), nonce.data(), nullptr) == 1 &&
                  EVP_EncryptUpdate(aes, nullptr, &done, bytes_of(bound), length_of(bound)) == 1 &&
                  EVP_EncryptUpdate(aes, bytes_of(sealed), &done, bytes_of(text), length_of(text)) == 1 &&
                  EVP_EncryptFinal_ex(aes, bytes_of(sealed) + text.size(), &done) == 1 &&
                  EVP_CIPHER_CTX_ctrl(aes, EVP_CTRL_GCM_GET_TAG, aead_tag_bytes, bytes_of(sealed) + text.size()) == 1;
  GATEHOUSE_ASSERT(ok);
  return sealed;
}

std::optional<std::string> aead_open(AeadKey key, AeadNonce nonce, std::string_view bound, std::string_view sealed) {
  if (sealed.size() < aead_tag_bytes)
    return std::nullopt;
  auto* aes = context();
  const auto content = sealed.substr(0, sealed.size() - aead_tag_bytes);
  std::string tag(sealed.substr(content.size()));
  std::string text(content.size() + 1, '\0');  // EVP wants room even for nothing
  int done = 0;
  const bool ok = EVP_DecryptInit_ex2(aes, cipher(), key.data(), nonce.data(), nullptr) == 1 &&
                  EVP_DecryptUpdate(aes, nullptr, &done, bytes_of(bound), length_of(bound)) == 1 &&
                  EVP_DecryptUpdate(aes, bytes_of(text), &done, bytes_of(content), length_of(content)) == 1 &&
                  EVP_CIPHER_CTX_ctrl(aes, EVP_CTRL_GCM_SET_TAG, aead_tag_bytes, tag.data()) == 1 &&
                  EVP_DecryptFinal_ex(aes, bytes_of(text) + content.size(), &done) == 1;
  if (!ok)
    return std::nullopt;
  text.resize(content.size());
  return text;
}

}  // namespace gatehouse::identity
