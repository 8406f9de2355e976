// A client that does exactly what a test says, well-behaved or not: blocking, over TCP or TLS, and nothing waits longer
// than its patience.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_ctx_st;

namespace gatehouse::http {

struct Answer {
  unsigned status = 0;  // 0: the connection ended before a whole answer came
  std::string head;     // status line and headers
  std::string body;

  std::string header(std::string_view name) const;  // empty if it is not there
};

class RawClient {
 public:
  static constexpr std::chrono::milliseconds patience{10'000};

  RawClient();  // a socket that connect() connects
  explicit RawClient(std::uint16_t port);
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient();

  bool connect(std::uint16_t port);
  // Connected, as somebody on the host 127.0.0.<number>; where it was refused the first request tells.
  [[nodiscard]] static RawClient of_host(std::uint32_t number, std::uint16_t port);
  bool
  start_tls(const char* protocol = nullptr);  // offers one protocol by ALPN; the server's certificate is not checked

  bool send(std::string_view bytes);  // false if the connection broke
  Answer receive_answer(bool to_head = false);
  std::string receive_some();  // empty: the connection ended or patience did
  std::string receive_rest();  // until the server closes
  bool closed_by_server();     // receives nothing more, and the end comes before patience does
  void finish_sending();       // half-close
  void reset();                // hang up so that the server's next write fails

  Answer get(std::string_view target);
  int descriptor() const { return descriptor_; }

 private:
  bool receive_more();

  int descriptor_ = -1;
  std::string received_;
  bool ended_ = false;
  ssl_ctx_st* tls_context_ = nullptr;
  ssl_st* tls_ = nullptr;
};

}  // namespace gatehouse::http
