#include "http/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace gatehouse::http {
namespace {

// A peer that insists on another protocol is told so, not answered in one it did not ask for (RFC 7301 section 3.2).
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_bytes, const unsigned char* offered,
                    unsigned offered_bytes, void*) {
  constexpr std::string_view wanted = "http/1.1";
  for (unsigned at = 0; at < offered_bytes; at += offered[at] + 1U) {
    const unsigned length = offered[at];
    if (length > offered_bytes - at - 1)
      break;
    const std::string_view name(reinterpret_cast<const char*>(offered + at + 1), length);
    if (name != wanted)
      continue;
    *chosen = offered + at + 1;
    *chosen_bytes = offered[at];
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

void require(bool success, const std::string& what) {
  if (success)
    return;
  std::array<char, 256> reason{};
  ::ERR_error_string_n(::ERR_get_error(), reason.data(), reason.size());
  throw std::runtime_error(what + ": " + reason.data());
}

// OpenSSL's own words name no file.
void require_readable(const std::string& file, const std::string& setting) {
  if (const std::ifstream stream(file); !stream)
    throw std::runtime_error(setting + ": " + file + ": " + std::generic_category().message(errno));
}

// Without it OpenSSL would ask the terminal for the password of an encrypted key.
int no_password(char*, int, int, void*) { return -1; }

}  // namespace

TlsContext make_tls_context(const TlsFiles& files) {
  const TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  require(context != nullptr, "TLS");
  SSL_CTX* raw = context.get();
  require(SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION) == 1, "TLS versions");
  require(SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1, "TLS ciphers");
  SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
  require_readable(files.certificate_chain, "tls.certificate_chain");
  require(SSL_CTX_use_certificate_chain_file(raw, files.certificate_chain.c_str()) == 1,
          "tls.certificate_chain: " + files.certificate_chain + " has no certificate in PEM that can be used");
  require_readable(files.private_key, "tls.private_key");
  SSL_CTX_set_default_passwd_cb(raw, no_password);
  require(SSL_CTX_use_PrivateKey_file(raw, files.private_key.c_str(), SSL_FILETYPE_PEM) == 1,
          "tls.private_key: " + files.private_key + " has no private key in PEM that can be used, without a password");
  require(SSL_CTX_check_private_key(raw) == 1, "the TLS private key is not the certificate's");
  return context;
}

}  // namespace gatehouse::http
