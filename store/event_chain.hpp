// The chain over the stored bytes: chain_n = SHA-256(chain_(n-1) || frame_n), chain_0 is 32 zero bytes. Whoever knows one link can tell
// whether everything before it is still what it was.
#pragma once
#include <memory>
#include <string_view>

#include "store/event_log.hpp"

namespace gatehouse {

// Keeps OpenSSL's context between links; one thread at a time.
class EventChain {
 public:
  EventChain();
  EventChain(const EventChain&) = delete;
  EventChain& operator=(const EventChain&) = delete;
  ~EventChain();
  [[nodiscard]] Digest next(const Digest& previous, std::string_view frame);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

[[nodiscard]] Digest sha256(std::string_view bytes);
[[nodiscard]] std::string_view as_bytes(const Digest& digest);
[[nodiscard]] Digest as_digest(std::string_view bytes);  // exactly 32 of them

}  // namespace gatehouse
