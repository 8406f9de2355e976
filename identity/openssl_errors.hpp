// OpenSSL leaves what went wrong in a queue of the thread, where a later and unrelated call, such as a TLS read, would
// find it. A refused key or signature is no error of ours: the guard drops what its scope added to the queue.
#pragma once
#include <openssl/err.h>

namespace gatehouse::identity {

class ErrorQueueGuard {
 public:
  ErrorQueueGuard() { ERR_set_mark(); }
  ~ErrorQueueGuard() { ERR_pop_to_mark(); }
  ErrorQueueGuard(const ErrorQueueGuard&) = delete;
  ErrorQueueGuard& operator=(const ErrorQueueGuard&) = delete;
};

}  // namespace gatehouse::identity
