#include "identity/secure_random.hpp"

#include <array>

#include <openssl/rand.h>

#include "identity/base64url.hpp"
#include "table/assert.hpp"

namespace gatehouse::identity {

void fill_with_random(std::span<std::uint8_t> bytes) {
  const bool filled = RAND_bytes_ex(nullptr, bytes.data(), bytes.size(), 0) == 1;
  GATEHOUSE_ASSERT(filled);
}

std::string random_id() {
  std::array<std::uint8_t, 16> bytes{};
  fill_with_random(bytes);
  return base64url_encode(bytes);
}

}  // namespace gatehouse::identity
