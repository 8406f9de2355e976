#include "identity/verifier.hpp"

#include <fstream>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "identity/base64url.hpp"
#include "identity/digest.hpp"
#include "tests/identity/token_forge.hpp"

namespace gatehouse::identity {
namespace {

namespace json = boost::json;

using std::chrono::seconds;
using testing::HasSubstr;

TokenErrorCode refusal(Verifier& verifier, std::string_view token, UnixSeconds now = forge_time) {
  const auto result = verifier.verify(token, now);
  EXPECT_FALSE(result.has_value()) << token;
  return result ? TokenErrorCode{} : result.error().code;
}

std::string sound_token(const ForgeKey& key, std::string_view algorithm = "EdDSA") {
  return assemble(header_for(algorithm, key), sound_payload(), key);
}

std::string with_claim(const ForgeKey& key, std::string_view name, json::value value) {
  auto payload = sound_payload();
  payload[name] = std::move(value);
  return assemble(header_for("EdDSA", key), payload, key);
}

TEST(Verifier, accepts_a_sound_token_of_each_algorithm) {
  const std::vector<std::pair<std::string_view, ForgeKey>> keys{
      {"EdDSA", ForgeKey::ed25519()}, {"ES256", ForgeKey::p256()}, {"RS256", ForgeKey::rsa()}};
  for (const auto& [algorithm, key] : keys) {
    Verifier verifier{{trust(key)}};
    const auto token = sound_token(key, algorithm);
    const auto first = verifier.verify(token, forge_time);
    ASSERT_TRUE(first.has_value()) << algorithm << ": " << first.error().detail;
    EXPECT_EQ((*first)->subject, "u-anna");
    const auto second = verifier.verify(token, forge_time);
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(first->get(), second->get()) << "remembered";
  }
}

TEST(Verifier, refuses_a_public_key_used_as_hmac_secret) {
  const auto key = ForgeKey::rsa();
  Verifier verifier{{trust(key)}};
  for (const auto& secret : {key.public_pem(), key.public_key().jwk()}) {
    const auto input = base64url_encode(json::serialize(header_for("HS256", key))) + "." +
                       base64url_encode(json::serialize(sound_payload()));
    const std::span bytes{reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size()};
    const auto mac = hmac_sha256(bytes, input);
    EXPECT_EQ(refusal(verifier, input + "." + base64url_encode(mac)), TokenErrorCode::unsupported_algorithm);
  }
}

TEST(Verifier, refuses_unsigned_tokens) {
  const auto key = ForgeKey::ed25519();
  Verifier verifier{{trust(key)}};
  const auto payload = base64url_encode(json::serialize(sound_payload()));
  for (const auto* algorithm : {"none", "NONE", "nOnE"}) {
    const auto header = base64url_encode(json::serialize(header_for(algorithm, key)));
    EXPECT_EQ(refusal(verifier, header + "." + payload + "."), TokenErrorCode::unsupported_algorithm);
  }
  const auto token = sound_token(key);
  EXPECT_EQ(refusal(verifier, token.substr(0, token.rfind('.') + 1)), TokenErrorCode::bad_signature);
}

TEST(Verifier, the_keys_own_type_decides_not_the_header) {
  const std::vector<std::pair<std::string_view, ForgeKey>> keys{
      {"EdDSA", ForgeKey::ed25519()}, {"ES256", ForgeKey::p256()}, {"RS256", ForgeKey::rsa()}};
  for (const auto& [own, key] : keys) {
    Verifier verifier{{trust(key)}};
    for (const auto& [claimed, other] : keys) {
      if (claimed != own) {
        EXPECT_EQ(refusal(verifier, sound_token(key, claimed)), TokenErrorCode::unknown_key);
        auto header = header_for(claimed, key);
        EXPECT_EQ(refusal(verifier, assemble(header, sound_payload(), other)), TokenErrorCode::unknown_key);
      }
    }
  }
}

TEST(Verifier, refuses_an_es256_signature_in_der) {
  const auto key = ForgeKey::p256();
  Verifier verifier{{trust(key)}};
  const auto token = sound_token(key, "ES256");
  const auto input = token.substr(0, token.rfind('.'));
  EXPECT_EQ(refusal(verifier, input + "." + base64url_encode(key.sign_native(input))), TokenErrorCode::bad_signature);
}

TEST(Verifier, refuses_a_tampered_payload) {
  const auto key = ForgeKey::ed25519();
  Verifier verifier{{trust(key)}};
  const auto token = sound_token(key);
  const auto first = token.find('.');
  const auto second = token.rfind('.');
  auto payload = sound_payload();
  payload["sub"] = "u-owner";
  EXPECT_EQ(
      refusal(verifier, token.substr(0, first + 1) + base64url_encode(json::serialize(payload)) + token.substr(second)),
      TokenErrorCode::bad_signature);
}

TEST(Verifier, kid_selects_the_key_and_without_one_every_fitting_key_is_tried) {
  const auto first = ForgeKey::ed25519();
  const auto second = ForgeKey::ed25519();
  const auto curve = ForgeKey::p256();
  Verifier verifier{{TrustedIssuer{std::string{forge_issuer},
                                   std::string{forge_audience},
                                   {curve.public_key(), first.public_key(), second.public_key()}}}};
  auto header = header_for("EdDSA", second);
  EXPECT_TRUE(verifier.verify(assemble(header, sound_payload(), second), forge_time).has_value());
  EXPECT_EQ(refusal(verifier, assemble(header, sound_payload(), first)), TokenErrorCode::bad_signature);
  header["kid"] = "nobody";
  EXPECT_EQ(refusal(verifier, assemble(header, sound_payload(), second)), TokenErrorCode::unknown_key);
  header.erase("kid");
  EXPECT_TRUE(verifier.verify(assemble(header, sound_payload(), second), forge_time).has_value());
  EXPECT_EQ(refusal(verifier, assemble(header, sound_payload(), ForgeKey::ed25519())), TokenErrorCode::bad_signature);
}

TEST(Verifier, each_issuer_has_its_own_keys_and_audience) {
  const auto ours = ForgeKey::ed25519();
  const auto theirs = ForgeKey::ed25519();
  auto second = trust(theirs);
  second.issuer = "https://second.example.com";
  second.audience = "gatehouse-second";
  Verifier verifier{{trust(ours), second}};
  EXPECT_EQ(refusal(verifier, with_claim(ours, "iss", "https://second.example.com")), TokenErrorCode::unknown_key);
  EXPECT_EQ(refusal(verifier, with_claim(theirs, "iss", "https://second.example.com")), TokenErrorCode::wrong_audience);
  EXPECT_EQ(refusal(verifier, with_claim(ours, "iss", "https://third.example.com")), TokenErrorCode::unknown_issuer);
  EXPECT_EQ(refusal(verifier, with_claim(ours, "iss", 5)), TokenErrorCode::unknown_issuer);
  auto payload = sound_payload();
  payload["iss"] = second.issuer;
  payload["aud"] = second.audience;
  EXPECT_TRUE(verifier.verify(assemble(header_for("EdDSA", theirs), payload, theirs), forge_time).has_value());
}

TEST(Verifier, requires_the_access_token_type_unless_told_otherwise) {
  const auto key = ForgeKey::ed25519();
  auto lenient = trust(key);
  lenient.type_policy = TypePolicy::any_jwt;
  Verifier strict{{trust(key)}};
  Verifier relaxed{{lenient}};
  auto header = header_for("EdDSA", key);
  header["typ"] = "JWT";
  const auto token = assemble(header, sound_payload(), key);
  EXPECT_EQ(refusal(strict, token), TokenErrorCode::wrong_type);
  EXPECT_TRUE(relaxed.verify(token, forge_time).has_value());
}

TEST(Verifier, refuses_a_token_from_its_exp_on_even_when_remembered) {
  const auto key = ForgeKey::ed25519();
  Verifier verifier{{trust(key)}};
  const auto token = sound_token(key);
  EXPECT_TRUE(verifier.verify(token, forge_time + seconds{599}).has_value());
  EXPECT_EQ(refusal(verifier, token, forge_time + seconds{600}), TokenErrorCode::expired);
  EXPECT_EQ(refusal(verifier, token, forge_time + seconds{601}), TokenErrorCode::expired);
}

TEST(Verifier, forgives_an_issuer_whose_clock_runs_ahead_a_little) {
  const auto key = ForgeKey::ed25519();
  Verifier verifier{{trust(key)}};
  const auto token = sound_token(key);
  EXPECT_EQ(refusal(verifier, token, forge_time - clock_leeway - seconds{1}), TokenErrorCode::not_yet_valid);
  EXPECT_TRUE(verifier.verify(token, forge_time - clock_leeway).has_value());
  const auto later = with_claim(key, "nbf", forge_time.time_since_epoch().count() + 100);
  EXPECT_EQ(refusal(verifier, later), TokenErrorCode::not_yet_valid);
  EXPECT_TRUE(verifier.verify(later, forge_time + seconds{40}).has_value());
}

TEST(Verifier, judges_claims_only_after_the_signature) {
  const auto key = ForgeKey::ed25519();
  Verifier verifier{{trust(key)}};
  EXPECT_EQ(refusal(verifier, with_claim(key, "sub", "no id!")), TokenErrorCode::invalid_claim);
  auto header = header_for("EdDSA", key);
  auto payload = sound_payload();
  payload["sub"] = "no id!";
  EXPECT_EQ(refusal(verifier, assemble(header, payload, ForgeKey::ed25519())), TokenErrorCode::bad_signature);
  EXPECT_EQ(refusal(verifier, std::string(token_bytes_max + 1, 'a')), TokenErrorCode::too_large);
}

class VerifierFiles : public testing::Test {
 protected:
  void write(const std::string& text) { std::ofstream{file_} << text; }
  void write(const ForgeKey& key) { write("{\"keys\":[" + key.public_key().jwk() + "]}"); }
  void TearDown() override { std::filesystem::remove(file_); }

  const std::filesystem::path file_ = std::filesystem::path{testing::TempDir()} / "verifier_test.json";
  Verifier verifier_{{}, {IssuerFile{std::string{forge_issuer}, std::string{forge_audience}, file_}}};
};

TEST_F(VerifierFiles, keys_change_on_reload_and_take_their_tokens_with_them) {
  const auto first = ForgeKey::ed25519();
  const auto second = ForgeKey::ed25519();
  write(first);
  EXPECT_EQ(refusal(verifier_, sound_token(first)), TokenErrorCode::unknown_issuer);
  ASSERT_TRUE(verifier_.reload().has_value());
  EXPECT_TRUE(verifier_.verify(sound_token(first), forge_time).has_value());
  write(second);
  EXPECT_TRUE(verifier_.verify(sound_token(first), forge_time).has_value());
  ASSERT_TRUE(verifier_.reload().has_value());
  EXPECT_EQ(refusal(verifier_, sound_token(first)), TokenErrorCode::unknown_key);
  EXPECT_TRUE(verifier_.verify(sound_token(second), forge_time).has_value());
}

TEST_F(VerifierFiles, a_bad_file_changes_nothing) {
  const auto key = ForgeKey::ed25519();
  write(key);
  ASSERT_TRUE(verifier_.reload().has_value());
  write("{\"keys\":[]}");
  const auto reloaded = verifier_.reload();
  ASSERT_FALSE(reloaded.has_value());
  EXPECT_THAT(reloaded.error(), HasSubstr("verifier_test.json"));
  EXPECT_TRUE(verifier_.verify(sound_token(key), forge_time).has_value());
}

TEST_F(VerifierFiles, an_issuer_configured_twice_is_refused) {
  write(ForgeKey::ed25519());
  Verifier verifier{{trust(ForgeKey::ed25519())},
                    {IssuerFile{std::string{forge_issuer}, std::string{forge_audience}, file_}}};
  const auto reloaded = verifier.reload();
  ASSERT_FALSE(reloaded.has_value());
  EXPECT_THAT(reloaded.error(), HasSubstr("twice"));
}

}  // namespace
}  // namespace gatehouse::identity
