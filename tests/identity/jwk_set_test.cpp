#include "identity/jwk_set.hpp"

#include <fstream>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/identity/token_forge.hpp"

namespace gatehouse::identity {
namespace {

namespace json = boost::json;

using testing::HasSubstr;
using testing::Not;

JwkSet parse(json::array keys) { return parse_jwk_set(json::serialize(json::object{{"keys", std::move(keys)}})); }

json::object with(json::object jwk, std::string_view name, json::value value) {
  jwk[name] = std::move(value);
  return jwk;
}

std::string error_of(const JwkSet& set) { return set ? "accepted" : set.error(); }

TEST(JwkSet, reads_keys_of_the_three_types_with_their_names) {
  const auto edwards = ForgeKey::ed25519();
  const auto keys = parse({with(edwards.jwk(), "kid", "one"), with(ForgeKey::p256().jwk(), "kid", "two"),
                           with(ForgeKey::rsa().jwk(), "kid", "three")});
  ASSERT_TRUE(keys.has_value()) << error_of(keys);
  ASSERT_EQ(keys->size(), 3U);
  EXPECT_EQ(keys->at(0).algorithm(), Algorithm::EdDSA);
  EXPECT_EQ(keys->at(1).algorithm(), Algorithm::ES256);
  EXPECT_EQ(keys->at(2).algorithm(), Algorithm::RS256);
  EXPECT_EQ(keys->at(1).key_id(), "two");
  EXPECT_TRUE(keys->at(0).verifies("m", edwards.sign("m")));
}

TEST(JwkSet, a_key_without_a_name_is_named_by_its_thumbprint) {
  const auto keys = parse({ForgeKey::p256().jwk()});
  ASSERT_TRUE(keys.has_value());
  EXPECT_EQ(keys->front().key_id(), keys->front().thumbprint());
}

TEST(JwkSet, returns_what_a_key_of_ours_prints) {
  const auto key = ForgeKey::ed25519().public_key().named("a \"quoted\" name");
  const auto keys = parse_jwk_set("{\"keys\":[" + key.jwk() + "]}");
  ASSERT_TRUE(keys.has_value()) << error_of(keys);
  EXPECT_EQ(keys->front().key_id(), key.key_id());
  EXPECT_EQ(keys->front().thumbprint(), key.thumbprint());
}

TEST(JwkSet, skips_keys_that_are_not_for_us) {
  const auto ours = ForgeKey::ed25519().jwk();
  const auto keys = parse({ForgeKey::p384().jwk(), with(ForgeKey::rsa().jwk(), "use", "enc"),
                           with(ForgeKey::rsa().jwk(), "alg", "PS256"), json::object{{"kty", "AKP"}, {"pub", "AA"}},
                           with(ForgeKey::p256().jwk(), "key_ops", json::array{"deriveKey"}),
                           with(with(with(ours, "use", "sig"), "key_ops", json::array{"verify"}), "alg", "EdDSA")});
  ASSERT_TRUE(keys.has_value()) << error_of(keys);
  EXPECT_EQ(keys->size(), 1U);
  EXPECT_THAT(error_of(parse({ForgeKey::p384().jwk()})), HasSubstr("no key"));
}

TEST(JwkSet, refuses_private_and_symmetric_keys_without_repeating_them) {
  const auto leaked = parse({ForgeKey::p256().jwk(), with(ForgeKey::ed25519().jwk(), "d", "c2VjcmV0")});
  EXPECT_THAT(error_of(leaked), HasSubstr("keys[1]: it holds private"));
  EXPECT_THAT(error_of(leaked), Not(HasSubstr("c2VjcmV0")));
  EXPECT_THAT(error_of(parse({json::object{{"kty", "oct"}, {"k", "c2VjcmV0"}}})), HasSubstr("private or secret"));
}

TEST(JwkSet, names_the_place_of_a_broken_key) {
  const auto good = ForgeKey::ed25519().jwk();
  EXPECT_THAT(error_of(parse({good, with(good, "x", "AA==")})), HasSubstr("keys[1]: its members"));
  EXPECT_THAT(error_of(parse({with(good, "x", 5)})), HasSubstr("keys[0]: its members"));
  EXPECT_THAT(error_of(parse({with(ForgeKey::p256().jwk(), "y", good.at("x"))})), HasSubstr("not on the curve"));
  EXPECT_THAT(error_of(parse({ForgeKey::rsa(1024).jwk()})), HasSubstr("at least 2048 bits"));
  EXPECT_THAT(error_of(parse({with(good, "kid", 7)})), HasSubstr("kid"));
  EXPECT_THAT(error_of(parse({with(good, "kid", json::string(257, 'k'))})), HasSubstr("kid"));
  EXPECT_THAT(error_of(parse({"text"})), HasSubstr("keys[0]: it is not an object"));
  const auto twice = parse({with(good, "kid", "k"), with(ForgeKey::p256().jwk(), "kid", "k")});
  EXPECT_THAT(error_of(twice), HasSubstr("keys[1]: its kid is taken"));
}

TEST(JwkSet, refuses_what_is_no_key_set) {
  EXPECT_THAT(error_of(parse_jwk_set("")), HasSubstr("not a JSON object"));
  EXPECT_THAT(error_of(parse_jwk_set("{}")), HasSubstr("no array"));
  EXPECT_THAT(error_of(parse_jwk_set(R"({"keys":{}})")), HasSubstr("no array"));
  EXPECT_THAT(error_of(parse_jwk_set(R"({"keys":[],"keys":[]})")), HasSubstr("duplicate"));
  EXPECT_THAT(error_of(parse({})), HasSubstr("no key"));
  EXPECT_THAT(error_of(parse(json::array(jwk_set_keys_max + 1, json::object{{"kty", "x"}}))), HasSubstr("100"));
  EXPECT_THAT(error_of(parse_jwk_set(std::string(jwk_set_bytes_max + 1, ' '))), HasSubstr("1 MiB"));
}

TEST(JwkSet, file_errors_name_the_file) {
  const auto file = std::filesystem::path{testing::TempDir()} / "jwk_set_test.json";
  std::filesystem::remove(file);
  EXPECT_THAT(error_of(read_jwk_set(file)), HasSubstr("jwk_set_test.json: cannot be read"));
  EXPECT_FALSE(read_jwk_set(testing::TempDir()).has_value());
  std::ofstream{file} << "{\"keys\":[" << ForgeKey::ed25519().public_key().jwk() << "]}";
  EXPECT_TRUE(read_jwk_set(file).has_value());
  std::ofstream{file} << "nonsense";
  EXPECT_THAT(error_of(read_jwk_set(file)), HasSubstr("jwk_set_test.json: the key set is not"));
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace gatehouse::identity
