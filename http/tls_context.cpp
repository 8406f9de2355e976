#include "http/tls_context.hpp"

#include <string_view>

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/system/system_error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace gatehouse::http {
namespace {

namespace ssl = boost::asio::ssl;

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

void require(bool success, const char* what) {
  if (success)
    return;
  const auto code = static_cast<int>(::ERR_get_error());
  throw boost::system::system_error(code, boost::asio::error::get_ssl_category(), what);
}

}  // namespace

std::shared_ptr<ssl::context> make_tls_context(const TlsFiles& files) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX* native = context->native_handle();
  require(SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) == 1, "TLS versions");
  require(SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1, "TLS ciphers");
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
  require(SSL_CTX_use_certificate_chain_file(native, files.certificate_chain.c_str()) == 1, "TLS certificate chain");
  require(SSL_CTX_use_PrivateKey_file(native, files.private_key.c_str(), SSL_FILETYPE_PEM) == 1, "TLS private key");
  require(SSL_CTX_check_private_key(native) == 1, "TLS private key does not fit the certificate");
  return context;
}

}  // namespace gatehouse::http
