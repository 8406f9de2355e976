// Every limit and every deadline of the transport, by name. The defaults suit a server that faces clients directly.
// A limit is the largest value that is still served.
#pragma once
#include <chrono>
#include <cstddef>

namespace gatehouse::http {

struct Limits {
  std::size_t request_line_bytes = 8 * 1024;
  std::size_t header_block_bytes = 16 * 1024;  // request line, fields and the empty line
  std::size_t header_fields = 64;
  std::size_t body_bytes = 1024 * 1024;
  std::size_t small_body_bytes = 64 * 1024;            // larger ones share what is next
  std::size_t large_bodies_bytes = 128 * 1024 * 1024;  // of all connections, received or being answered
  std::size_t pipelined_requests = 32;                 // accepted on one connection and not yet answered
  std::size_t unsent_bytes = 1024 * 1024;              // beyond this no further request of the connection is taken
  std::size_t connections = 4096;
  std::size_t connections_per_address = 1024;  // an IPv6 client counts by its /64
};

// Bodies in either direction are held to an average rate: so many bytes a second once the grace has passed.
struct Deadlines {
  std::chrono::milliseconds tls_handshake{5'000};
  std::chrono::milliseconds header{5'000};  // from its first byte to its last
  std::chrono::milliseconds body_grace{5'000};
  std::size_t body_bytes_per_second = 8 * 1024;
  std::chrono::milliseconds write_grace{10'000};
  std::size_t write_bytes_per_second = 8 * 1024;
  std::chrono::milliseconds idle{30'000};   // nothing received, nothing being answered
  std::chrono::milliseconds linger{2'000};  // after the last answer, until the client closes
  std::chrono::milliseconds stop{20'000};   // from stop() until what is left is cut
};

}  // namespace gatehouse::http
