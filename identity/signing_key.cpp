#include "identity/signing_key.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include "identity/openssl_errors.hpp"
#include "table/assert.hpp"

namespace gatehouse::identity {
namespace {

constexpr std::size_t signature_bytes = 64;

using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::string point_of(const EVP_PKEY* key) {
  std::string point(32, '\0');
  std::size_t length = point.size();
  const bool read = EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(point.data()), &length) == 1;
  GATEHOUSE_ASSERT(read && length == point.size());
  return point;
}

PublicKey public_part(const EVP_PKEY* key) {
  auto made = PublicKey::from_ed25519(point_of(key));
  GATEHOUSE_ASSERT(made.has_value());
  return *made;
}

// Without it OpenSSL would ask the terminal for the password of an encrypted key.
int no_password(char*, int, int, void*) { return -1; }

}  // namespace

SigningKey::SigningKey(std::shared_ptr<EVP_PKEY> key) : key_(std::move(key)), public_key_(public_part(key_.get())) {}

SigningKey SigningKey::generate() {
  std::shared_ptr<EVP_PKEY> key{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free};
  GATEHOUSE_ASSERT(key != nullptr);
  return SigningKey{std::move(key)};
}

std::optional<SigningKey> SigningKey::from_pem(const Secret& pem) {
  const ErrorQueueGuard guard;
  const Memory memory{BIO_new_mem_buf(pem.reveal().data(), static_cast<int>(pem.size())), &BIO_free};
  std::shared_ptr<EVP_PKEY> key{PEM_read_bio_PrivateKey(memory.get(), nullptr, &no_password, nullptr), &EVP_PKEY_free};
  if (key == nullptr || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519) {
    return std::nullopt;
  }
  return SigningKey{std::move(key)};
}

Secret SigningKey::to_pem() const {
  const Memory memory{BIO_new(BIO_s_secmem()), &BIO_free};
  const bool written =
      PEM_write_bio_PKCS8PrivateKey(memory.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
  GATEHOUSE_ASSERT(written);
  const char* text = nullptr;
  const auto length = BIO_get_mem_data(memory.get(), &text);
  return Secret{std::vector<std::uint8_t>(text, text + length)};
}

std::string SigningKey::public_point() const { return point_of(key_.get()); }

std::string SigningKey::sign(std::string_view message) const {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  std::string signature(signature_bytes, '\0');
  std::size_t length = signature.size();
  const bool is_signed = EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
                         EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                                        reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1;
  GATEHOUSE_ASSERT(is_signed && length == signature_bytes);
  return signature;
}

TrustedIssuer SigningKey::as_issuer() const {
  return {std::string{own_issuer}, std::string{own_audience}, {public_key_}, TypePolicy::access_token};
}

std::filesystem::path file_of_key(const std::filesystem::path& data_directory, std::string_view name) {
  return data_directory / "keys" / (std::string(name) + ".pem");
}

tl::expected<SigningKey, PrivateFileError> load_or_create_key(const std::filesystem::path& data_directory,
                                                              std::string_view name) {
  const auto file = file_of_key(data_directory, name);
  if (auto made = make_private_directory(file.parent_path()); !made)
    return tl::unexpected{made.error()};
  if (const auto pem = read_private_file(file); pem && pem->size() == 0) {
    if (auto created = create_private_file(file, SigningKey::generate().to_pem()); !created)
      return tl::unexpected{created.error()};
  }
  return load_key(data_directory, name);
}

tl::expected<SigningKey, PrivateFileError> load_key(const std::filesystem::path& data_directory,
                                                    std::string_view name) {
  const auto file = file_of_key(data_directory, name);
  const auto pem = read_private_file(file);
  if (!pem)
    return tl::unexpected{pem.error()};
  if (pem->size() == 0)
    return tl::unexpected{PrivateFileError{file.string() + ": is not there; the server makes it at its first start"}};
  auto key = SigningKey::from_pem(*pem);
  if (!key)
    return tl::unexpected{PrivateFileError{file.string() + ": is not an Ed25519 private key in PEM form"}};
  return std::move(*key);
}

}  // namespace gatehouse::identity
