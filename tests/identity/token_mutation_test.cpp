// Whatever is done to a sound token, it no longer verifies: bytes changed, cut out, put in, doubled, parts swapped
// between tokens.
#include <random>

#include <gtest/gtest.h>

#include "identity/verifier.hpp"
#include "tests/identity/token_forge.hpp"

namespace gatehouse::identity {
namespace {

constexpr std::string_view token_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
constexpr int mutations = 3'000;

class Mutation {
 public:
  explicit Mutation(std::uint32_t seed) : random_(seed) {}

  std::string operator()(std::string token) {
    for (auto steps = below(3) + 1; steps > 0 && !token.empty(); --steps) {
      mutate_once(token);
    }
    return token;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  void mutate_once(std::string& token) {
    const auto at = below(token.size());
    switch (below(6)) {
    case 0:
      token[at] = token_alphabet[below(token_alphabet.size())];
      break;
    case 1:
      token[at] = static_cast<char>(token[at] ^ (1 << below(8)));
      break;
    case 2:
      token.erase(at, below(8) + 1);
      break;
    case 3:
      token.insert(at, 1, token_alphabet[below(token_alphabet.size())]);
      break;
    case 4:
      token.insert(at, token.substr(below(token.size()), below(32)));
      break;
    default:
      token.insert(at, 1, '\0');
      break;
    }
  }

  std::mt19937 random_;
};

TEST(TokenMutation, never_verifies) {
  const std::vector<std::pair<std::string_view, ForgeKey>> keys{
      {"EdDSA", ForgeKey::ed25519()}, {"ES256", ForgeKey::p256()}, {"RS256", ForgeKey::rsa()}};
  std::uint32_t seed = 20'260'101;
  for (const auto& [algorithm, key] : keys) {
    Verifier verifier{{trust(key)}};
    const auto token = assemble(header_for(algorithm, key), sound_payload(), key);
    ASSERT_TRUE(verifier.verify(token, forge_time).has_value());
    Mutation mutate{++seed};
    for (int round = 0; round < mutations; ++round) {
      const auto changed = mutate(token);
      ASSERT_TRUE(changed == token || !verifier.verify(changed, forge_time).has_value())
          << algorithm << " round " << round << ": " << changed;
    }
  }
}

TEST(TokenMutation, parts_of_two_sound_tokens_do_not_mix) {
  const auto key = ForgeKey::ed25519();
  Verifier verifier{{trust(key)}};
  auto other_payload = sound_payload();
  other_payload["sub"] = "u-bert";
  const auto first = assemble(header_for("EdDSA", key), sound_payload(), key);
  const auto second = assemble(header_for("EdDSA", key), other_payload, key);
  const auto mixed = first.substr(0, first.rfind('.')) + second.substr(second.rfind('.'));
  EXPECT_FALSE(verifier.verify(mixed, forge_time).has_value());
}

}  // namespace
}  // namespace gatehouse::identity
