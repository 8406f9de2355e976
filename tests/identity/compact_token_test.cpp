#include "identity/compact_token.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include "identity/base64url.hpp"
#include "tests/identity/token_forge.hpp"

namespace gatehouse::identity {
namespace {

namespace json = boost::json;

std::string joined(std::string_view header, std::string_view payload = "{}", std::string_view signature = "s") {
  return base64url_encode(header) + "." + base64url_encode(payload) + "." + base64url_encode(signature);
}

TokenErrorCode refusal_of(std::string_view token) {
  const auto parts = take_apart(token);
  EXPECT_FALSE(parts.has_value()) << token;
  return parts ? TokenErrorCode{} : parts.error().code;
}

TEST(CompactToken, is_taken_apart) {
  const auto token = joined(R"({"alg":"ES256","kid":"k","typ":"at+jwt","x5u":"ignored"})", R"({"a":1})", "signed");
  const auto parts = take_apart(token);
  ASSERT_TRUE(parts.has_value());
  EXPECT_EQ(parts->algorithm, Algorithm::ES256);
  EXPECT_EQ(parts->key_id, "k");
  EXPECT_EQ(parts->signature, "signed");
  EXPECT_EQ(parts->payload.at("a"), 1);
  EXPECT_EQ(std::string{parts->signing_input} + "." + base64url_encode("signed"), token);
}

TEST(CompactToken, only_the_algorithms_of_public_keys_exist) {
  for (const auto* algorithm : {"none", "None", "", "HS256", "HS512", "RS384", "RS1", "PS256", "ES384", "ES256K",
                                "eddsa", "EdDSA ", "Ed25519", "?"}) {
    const auto header = json::serialize(json::object{{"alg", algorithm}});
    const auto code = refusal_of(joined(header));
    EXPECT_TRUE(code == TokenErrorCode::unsupported_algorithm || *algorithm == '\0') << algorithm;
  }
  EXPECT_EQ(refusal_of(joined("{}")), TokenErrorCode::unsupported_algorithm);
  EXPECT_EQ(refusal_of(joined(R"({"alg":1})")), TokenErrorCode::malformed);
  EXPECT_EQ(refusal_of(joined(R"({"alg":"EdDSA\u0000"})")), TokenErrorCode::unsupported_algorithm);
}

TEST(CompactToken, no_extension_may_be_critical) {
  for (const auto* crit : {R"(["exp"])", "[]", "null", R"(["b64"],"b64":false)"}) {
    EXPECT_EQ(refusal_of(joined(R"({"alg":"EdDSA","crit":)" + std::string{crit} + "}")),
              TokenErrorCode::critical_header);
  }
}

TEST(CompactToken, must_have_three_parts_of_strict_base64url) {
  const auto good = joined(R"({"alg":"EdDSA"})");
  ASSERT_TRUE(take_apart(good).has_value());
  for (const auto& token :
       {std::string{}, std::string{"."}, std::string{".."}, good + ".", "." + good, good + "=", good + " ", "\n" + good,
        good.substr(0, good.rfind('.')), good + ".AA.AA.AA", std::string(3, '\0')}) {
    EXPECT_EQ(refusal_of(token), TokenErrorCode::malformed) << token;
  }
}

TEST(CompactToken, header_and_payload_are_objects_without_duplicate_names) {
  constexpr auto header = R"({"alg":"EdDSA"})";
  EXPECT_EQ(refusal_of(joined("[]")), TokenErrorCode::malformed);
  EXPECT_EQ(refusal_of(joined(R"({"alg":"none","alg":"EdDSA"})")), TokenErrorCode::malformed);
  EXPECT_EQ(refusal_of(joined(header, "[]")), TokenErrorCode::malformed);
  EXPECT_EQ(refusal_of(joined(header, R"({"sub":"a","sub":"b"})")), TokenErrorCode::malformed);
  EXPECT_EQ(refusal_of(joined(header, R"({"sub":"a"}x)")), TokenErrorCode::malformed);
}

TEST(CompactToken, has_a_size_limit) {
  const auto sized = [](std::size_t payload) {
    return joined(R"({"alg":"EdDSA"})", R"({"a":")" + std::string(payload, 'x') + "\"}");
  };
  EXPECT_TRUE(take_apart(sized(6'000)).has_value());
  EXPECT_EQ(refusal_of(sized(6'200)), TokenErrorCode::too_large);
}

TEST(CompactToken, type_follows_the_policy) {
  const auto typed = [](std::string_view typ) {
    return take_apart(joined(R"({"alg":"EdDSA")" + std::string{typ} + "}")).value();
  };
  for (const auto* typ : {R"(,"typ":"at+jwt")", R"(,"typ":"application/at+jwt")", R"(,"typ":"AT+JWT")"}) {
    EXPECT_TRUE(typed(typ).has_type(TypePolicy::access_token)) << typ;
    EXPECT_TRUE(typed(typ).has_type(TypePolicy::any_jwt)) << typ;
  }
  for (const auto* typ : {"", R"(,"typ":"JWT")", R"(,"typ":"jwt")"}) {
    EXPECT_FALSE(typed(typ).has_type(TypePolicy::access_token)) << typ;
    EXPECT_TRUE(typed(typ).has_type(TypePolicy::any_jwt)) << typ;
  }
  for (const auto* typ : {R"(,"typ":"dpop+jwt")", R"(,"typ":"logout+jwt")", R"(,"typ":"at+jwtx")"}) {
    EXPECT_FALSE(typed(typ).has_type(TypePolicy::access_token)) << typ;
    EXPECT_FALSE(typed(typ).has_type(TypePolicy::any_jwt)) << typ;
  }
  EXPECT_EQ(refusal_of(joined(R"({"alg":"EdDSA","typ":["at+jwt"]})")), TokenErrorCode::malformed);
}

}  // namespace
}  // namespace gatehouse::identity
