// An identity provider changes its keys while the server runs.
#include <boost/json/object.hpp>
#include <atomic>
#include <chrono>
#include <fstream>
#include <gtest/gtest.h>
#include <thread>

#include "tests/identity/token_forge.hpp"
#include "tests/system/api_client.hpp"
#include "tests/system/server_process.hpp"

namespace gatehouse::system_test {
namespace {

constexpr std::string_view target = "/v1/accounts/a-1/apps";

class KeyReload : public ::testing::Test {
 protected:
  KeyReload() {
    std::ofstream{folder_.path() / "gatehouse.toml"} << "[[issuers]]\nissuer = \"" << identity::forge_issuer << "\"\naudience = \""
                                                     << identity::forge_audience << "\"\njwks_file = \"" << keys_file().string() << "\"\n";
  }

  [[nodiscard]] std::filesystem::path keys_file() const { return folder_.path() / "keys.json"; }
  // As an operator should: nobody ever sees half a file.
  void put_keys(const std::string& text) const {
    const auto fresh = folder_.path() / "keys.new";
    std::ofstream{fresh} << text;
    std::filesystem::rename(fresh, keys_file());
  }
  void put_key(const identity::ForgeKey& key) const { put_keys("{\"keys\":[" + key.public_key().jwk() + "]}"); }
  // Reloads, and waits for the server to say how it went.
  void reload(std::string_view outcome) const {
    const auto before = count(outcome);
    server_.reload();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (count(outcome) == before && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    ASSERT_EQ(count(outcome), before + 1) << server_.output();
  }
  [[nodiscard]] std::size_t count(std::string_view text) const {
    const auto output = server_.output();
    std::size_t times = 0;
    for (auto at = output.find(text); at != std::string::npos; at = output.find(text, at + 1)) ++times;
    return times;
  }
  [[nodiscard]] unsigned status_with(const std::string& token) const { return ApiClient(server_.port()).get(token, target).status; }

  static std::string token_of(const identity::ForgeKey& key) {
    auto payload = identity::sound_payload();
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    payload["iat"] = now;
    payload["exp"] = now + 600;
    return identity::assemble(identity::header_for("EdDSA", key), payload, key);
  }

  const ScratchFolder folder_;
  const identity::ForgeKey first_ = identity::ForgeKey::ed25519();
  const identity::ForgeKey second_ = identity::ForgeKey::ed25519();
  ServerProcess server_{folder_.path() / "data", {"--config", (folder_.path() / "gatehouse.toml").string()}};
};

constexpr std::string_view read_again = "issuer keys read again";
constexpr std::string_view not_read = "issuer keys not read";

TEST_F(KeyReload, takes_effect_at_once_and_a_bad_file_leaves_the_keys_in_use) {
  put_key(first_);
  server_.start();
  const auto known = status_with(token_of(first_));
  EXPECT_NE(known, 401U);
  EXPECT_EQ(status_with(token_of(second_)), 401U);

  put_key(second_);
  EXPECT_EQ(status_with(token_of(second_)), 401U) << "nobody asked to read it yet";
  reload(read_again);
  EXPECT_EQ(status_with(token_of(second_)), known);
  EXPECT_EQ(status_with(token_of(first_)), 401U);

  put_keys("{\"keys\":[");
  reload(not_read);
  EXPECT_EQ(status_with(token_of(second_)), known);
  std::filesystem::remove(keys_file());
  reload(not_read);
  EXPECT_EQ(status_with(token_of(second_)), known);
  EXPECT_EQ(count(keys_file().string()), 2U) << server_.output();
  EXPECT_EQ(server_.stop(), 0) << server_.output();
}

TEST_F(KeyReload, disturbs_no_request) {
  constexpr int reloads = 20;
  put_key(first_);
  server_.start();
  const auto token = token_of(first_);
  const auto known = status_with(token);
  std::atomic<bool> done{};
  std::atomic<std::uint64_t> answers{}, others{};
  std::thread caller([&] {
    ApiClient client(server_.port());
    while (!done) {
      ++answers;
      if (client.get(token, target).status != known) ++others;
    }
  });
  for (int round = 0; round < reloads; ++round) {
    if (round % 2 == 0) put_key(first_);
    else put_keys("{}");
    reload(round % 2 == 0 ? read_again : not_read);
  }
  done = true;
  caller.join();
  EXPECT_GT(answers, 0U);
  EXPECT_EQ(others, 0U);
  EXPECT_EQ(server_.stop(), 0) << server_.output();
}

}  // namespace
}  // namespace gatehouse::system_test
