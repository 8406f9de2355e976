#include "identity/mint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "identity/base64url.hpp"

namespace gatehouse::identity {
namespace {

using testing::ElementsAre;

constexpr UnixSeconds now{std::chrono::seconds{1'790'000'000}};
constexpr std::chrono::hours lifetime{1};

TEST(Mint, makes_tokens_that_its_own_verifier_accepts) {
  const auto key = SigningKey::generate();
  Verifier verifier{{key.as_issuer()}};
  const auto minted = own_claims("u-anna", "a-1", {"platform", "ops"}, now, lifetime);
  const auto claims = verifier.verify(mint(key, minted), now);
  ASSERT_TRUE(claims.has_value()) << claims.error().detail;
  EXPECT_EQ((*claims)->issuer, "gatehouse");
  EXPECT_EQ((*claims)->audience, "gatehouse");
  EXPECT_EQ((*claims)->subject, "u-anna");
  EXPECT_EQ((*claims)->account_id, "a-1");
  EXPECT_THAT((*claims)->scopes, ElementsAre("ops", "platform"));
  EXPECT_EQ((*claims)->token_id, minted.token_id);
  EXPECT_EQ((*claims)->expires_at, now + lifetime);
  EXPECT_FALSE(verifier.verify(mint(key, minted), now + lifetime).has_value());
  EXPECT_FALSE(verifier.verify(mint(SigningKey::generate(), minted), now).has_value());
}

TEST(Mint, writes_the_header_of_rfc_9068) {
  const auto key = SigningKey::generate();
  const auto token = mint(key, own_claims("u-anna", std::nullopt, {}, now, lifetime));
  EXPECT_EQ(base64url_decode(token.substr(0, token.find('.'))),
            R"({"alg":"EdDSA","typ":"at+jwt","kid":")" + key.key_id() + "\"}");
}

TEST(Mint, names_every_token_differently) {
  EXPECT_NE(own_claims("u", std::nullopt, {}, now, lifetime).token_id,
            own_claims("u", std::nullopt, {}, now, lifetime).token_id);
}

TEST(MintDeathTest, claims_that_nobody_would_accept_are_a_bug) {
  const auto key = SigningKey::generate();
  EXPECT_DEATH(static_cast<void>(mint(key, own_claims("not an id", std::nullopt, {}, now, lifetime))), "read_claims");
}

}  // namespace
}  // namespace gatehouse::identity
