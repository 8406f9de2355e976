#include "identity/claims.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_from.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/identity/token_forge.hpp"

namespace gatehouse::identity {
namespace {

namespace json = boost::json;

using testing::ElementsAre;
using testing::IsEmpty;

TokenErrorCode refusal_of(const json::object& payload) {
  const auto claims = read_claims(payload, forge_audience);
  EXPECT_FALSE(claims.has_value());
  return claims ? TokenErrorCode{} : claims.error().code;
}

template <class Value>
json::object with(std::string_view name, const Value& value) {
  auto payload = sound_payload();
  payload[name] = json::value_from(value);
  return payload;
}

TEST(Claims, are_read_whole) {
  const auto claims = read_claims(sound_payload(), forge_audience);
  ASSERT_TRUE(claims.has_value());
  EXPECT_EQ(claims->issuer, forge_issuer);
  EXPECT_EQ(claims->audience, forge_audience);
  EXPECT_EQ(claims->subject, "u-anna");
  EXPECT_EQ(claims->account_id, "a-1");
  EXPECT_EQ(claims->client_id, "web");
  EXPECT_EQ(claims->token_id, "token-1");
  EXPECT_THAT(claims->scopes, ElementsAre("auditor", "directory"));
  EXPECT_TRUE(claims->has_scope("auditor"));
  EXPECT_FALSE(claims->has_scope("audit"));
  EXPECT_EQ(claims->issued_at, forge_time);
  EXPECT_EQ(claims->expires_at, forge_time + std::chrono::seconds{600});
  EXPECT_EQ(claims->not_before, std::nullopt);
}

TEST(Claims, account_and_scope_may_be_missing) {
  auto payload = sound_payload();
  payload.erase("account_id");
  payload.erase("scope");
  const auto claims = read_claims(payload, forge_audience);
  ASSERT_TRUE(claims.has_value());
  EXPECT_EQ(claims->account_id, std::nullopt);
  EXPECT_THAT(claims->scopes, IsEmpty());
  EXPECT_TRUE(read_claims(with("scope", ""), forge_audience).has_value());
}

TEST(Claims, every_required_one_must_be_there_and_of_its_type) {
  const std::vector<json::value> wrong{nullptr, true, -1, "", json::object{}, json::array{}, 1e300};
  for (const auto* name : {"iss", "aud", "sub", "client_id", "jti", "iat", "exp"}) {
    auto payload = sound_payload();
    payload.erase(name);
    EXPECT_EQ(refusal_of(payload), TokenErrorCode::invalid_claim) << name;
    for (const auto& value : wrong) {
      EXPECT_EQ(refusal_of(with(name, value)), TokenErrorCode::invalid_claim) << name << " " << value;
    }
  }
  for (const auto* name : {"account_id", "nbf"}) {
    for (const auto& value : wrong) {
      EXPECT_EQ(refusal_of(with(name, value)), TokenErrorCode::invalid_claim) << name << " " << value;
    }
  }
}

TEST(Claims, audience_is_one_of_ours) {
  EXPECT_EQ(refusal_of(with("aud", "https://elsewhere.example.com")), TokenErrorCode::wrong_audience);
  EXPECT_EQ(refusal_of(with("aud", json::array{"a", "b"})), TokenErrorCode::wrong_audience);
  EXPECT_EQ(refusal_of(with("aud", json::array{forge_audience, 5})), TokenErrorCode::invalid_claim);
  EXPECT_EQ(refusal_of(with("aud", json::array(17, json::value(forge_audience)))), TokenErrorCode::invalid_claim);
  const auto claims = read_claims(with("aud", json::array{"other", forge_audience}), forge_audience);
  ASSERT_TRUE(claims.has_value());
  EXPECT_EQ(claims->audience, forge_audience);
}

TEST(Claims, ids_have_the_products_form) {
  for (const auto* name : {"sub", "account_id"}) {
    EXPECT_TRUE(read_claims(with(name, "Az09_.@:-"), forge_audience).has_value());
    EXPECT_TRUE(read_claims(with(name, std::string(64, 'x')), forge_audience).has_value());
    for (const std::string_view value : {std::string_view{"a b"}, std::string_view{"a/b"}, std::string_view{"a|b"},
                                         std::string_view{"\xc3\xa9"}, std::string_view{"a\0b", 3}}) {
      EXPECT_EQ(refusal_of(with(name, value)), TokenErrorCode::invalid_claim) << value;
    }
    EXPECT_EQ(refusal_of(with(name, std::string(65, 'x'))), TokenErrorCode::invalid_claim);
  }
}

TEST(Claims, texts_are_short_and_printable) {
  for (const auto* name : {"client_id", "jti"}) {
    EXPECT_TRUE(read_claims(with(name, std::string(256, 'x')), forge_audience).has_value());
    EXPECT_EQ(refusal_of(with(name, std::string(257, 'x'))), TokenErrorCode::invalid_claim);
    EXPECT_EQ(refusal_of(with(name, "line\nbreak")), TokenErrorCode::invalid_claim);
    EXPECT_EQ(refusal_of(with(name, std::string_view{"\0", 1})), TokenErrorCode::invalid_claim);
  }
}

TEST(Claims, scopes_are_names_with_single_spaces_between) {
  for (const auto* scope : {" a", "a ", "a  b", "a\tb", "a\"b", "a\\b", "a\nb", "\xc3\xa9"}) {
    EXPECT_EQ(refusal_of(with("scope", scope)), TokenErrorCode::invalid_claim) << scope;
  }
  EXPECT_EQ(refusal_of(with("scope", json::array{"platform"})), TokenErrorCode::invalid_claim);
  EXPECT_EQ(refusal_of(with("scope", std::string(129, 'x'))), TokenErrorCode::invalid_claim);
  std::string many;
  for (std::size_t count = 0; count <= claim_scopes_max; ++count) {
    many += (many.empty() ? "s" : " s") + std::to_string(count);
  }
  EXPECT_EQ(refusal_of(with("scope", many)), TokenErrorCode::invalid_claim);
}

TEST(Claims, times_are_seconds_in_order) {
  const auto now = forge_time.time_since_epoch().count();
  EXPECT_EQ(refusal_of(with("exp", now)), TokenErrorCode::invalid_claim);
  EXPECT_EQ(refusal_of(with("exp", now - 1)), TokenErrorCode::invalid_claim);
  EXPECT_EQ(refusal_of(with("exp", std::to_string(now + 600))), TokenErrorCode::invalid_claim);
  EXPECT_EQ(refusal_of(with("exp", std::uint64_t{18'446'744'073'709'551'615U})), TokenErrorCode::invalid_claim);
  EXPECT_EQ(refusal_of(with("exp", std::int64_t{253'402'300'800})), TokenErrorCode::invalid_claim);
  EXPECT_EQ(refusal_of(with("exp", 1e18)), TokenErrorCode::invalid_claim);
  const auto claims = read_claims(with("exp", static_cast<double>(now) + 600.75), forge_audience);
  ASSERT_TRUE(claims.has_value());
  EXPECT_EQ(claims->expires_at, forge_time + std::chrono::seconds{600});
}

}  // namespace
}  // namespace gatehouse::identity
