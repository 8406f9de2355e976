// The server's side of TLS: 1.2 and 1.3, forward secrecy and authenticated ciphers only, HTTP/1.1 by ALPN.
#pragma once
#include <memory>

#include "http/options.hpp"

struct ssl_ctx_st;  // SSL_CTX: OpenSSL's headers stay out of ours

namespace gatehouse::http {

using TlsContext = std::shared_ptr<ssl_ctx_st>;

// Throws std::runtime_error if a file cannot be used or the key is not the certificate's.
TlsContext make_tls_context(const TlsFiles& files);

}  // namespace gatehouse::http
