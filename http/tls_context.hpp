// The server's side of TLS: 1.2 and 1.3, forward secrecy and authenticated ciphers only, HTTP/1.1 by ALPN.
#pragma once
#include <memory>

#include "http/options.hpp"

namespace boost::asio::ssl {
class context;
}

namespace gatehouse::http {

// Throws boost::system::system_error if a file cannot be used or the key is not the certificate's.
std::shared_ptr<boost::asio::ssl::context> make_tls_context(const TlsFiles& files);

}  // namespace gatehouse::http
