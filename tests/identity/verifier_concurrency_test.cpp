#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include "identity/verifier.hpp"
#include "tests/identity/token_forge.hpp"

namespace gatehouse::identity {
namespace {

constexpr std::size_t thread_count = 4;
constexpr std::size_t token_count = 60;
constexpr std::size_t rounds = 20;

TEST(VerifierConcurrency, threads_agree_while_keys_are_reloaded_and_the_cache_overflows) {
  const auto key = ForgeKey::ed25519();
  const auto file = std::filesystem::path{testing::TempDir()} / "verifier_concurrency_test.json";
  std::ofstream{file} << "{\"keys\":[" << key.public_key().jwk() << "]}";
  Verifier verifier{{}, {IssuerFile{std::string{forge_issuer}, std::string{forge_audience}, file}}, 32};
  ASSERT_TRUE(verifier.reload().has_value());

  std::vector<std::string> tokens;
  for (std::size_t number = 0; number < token_count; ++number) {
    auto payload = sound_payload();
    payload["sub"] = "u-" + std::to_string(number);
    tokens.push_back(assemble(header_for("EdDSA", key), payload, key));
  }
  std::atomic<std::size_t> wrong{0};
  std::atomic<std::size_t> accepted{0};
  {
    std::vector<std::jthread> threads;
    for (std::size_t thread = 0; thread < thread_count; ++thread) {
      threads.emplace_back([&, thread] {
        for (std::size_t step = 0; step < rounds * token_count; ++step) {
          const auto number = (step / 2 * (thread + 1)) % token_count;
          const auto claims = verifier.verify(tokens[number], forge_time);
          const bool right = claims.has_value() && (*claims)->subject == "u-" + std::to_string(number);
          (right ? accepted : wrong).fetch_add(1);
        }
      });
    }
    threads.emplace_back([&] {
      for (std::size_t step = 0; step < rounds; ++step) {
        if (!verifier.reload().has_value()) {
          wrong.fetch_add(1);
        }
        std::this_thread::yield();
      }
    });
  }
  EXPECT_EQ(wrong.load(), 0U);
  EXPECT_EQ(accepted.load(), thread_count * rounds * token_count);
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace gatehouse::identity
