#include "identity/token_cache.hpp"

#include <gtest/gtest.h>

#include "tests/identity/token_forge.hpp"

namespace gatehouse::identity {
namespace {

std::shared_ptr<const Claims> claims_until(UnixSeconds expires_at) {
  Claims claims;
  claims.expires_at = expires_at;
  return std::make_shared<const Claims>(claims);
}

Sha256 numbered(std::size_t number) { return sha256(std::to_string(number)); }

TEST(TokenCache, finds_what_was_inserted_until_it_expires) {
  TokenCache cache;
  const auto claims = claims_until(forge_time);
  cache.insert(numbered(1), claims, 1);
  EXPECT_EQ(cache.find(numbered(1), forge_time - std::chrono::seconds{1}, 1), claims);
  EXPECT_EQ(cache.find(numbered(2), forge_time - std::chrono::seconds{1}, 1), nullptr);
  EXPECT_EQ(cache.find(numbered(1), forge_time, 1), nullptr);
  EXPECT_EQ(cache.size(), 0U);
}

TEST(TokenCache, forgets_what_earlier_keys_vouched_for) {
  TokenCache cache;
  cache.insert(numbered(1), claims_until(forge_time), 1);
  EXPECT_EQ(cache.find(numbered(1), UnixSeconds{}, 2), nullptr);
  cache.insert(numbered(1), claims_until(forge_time), 1);
  cache.insert(numbered(1), claims_until(forge_time), 2);
  EXPECT_NE(cache.find(numbered(1), UnixSeconds{}, 2), nullptr);
  EXPECT_EQ(cache.size(), 1U);
}

TEST(TokenCache, never_holds_more_than_its_limit_and_keeps_the_newest) {
  constexpr std::size_t limit = 640;
  TokenCache cache{limit};
  for (std::size_t number = 0; number < 10 * limit; ++number) {
    cache.insert(numbered(number), claims_until(forge_time), 1);
    ASSERT_NE(cache.find(numbered(number), UnixSeconds{}, 1), nullptr);
    ASSERT_LE(cache.size(), limit);
  }
  EXPECT_EQ(cache.size(), limit);
  EXPECT_EQ(cache.find(numbered(0), UnixSeconds{}, 1), nullptr);
}

}  // namespace
}  // namespace gatehouse::identity
