#include "identity/server_secret.hpp"

#include <gtest/gtest.h>

namespace gatehouse::identity {
namespace {

class ServerSecret : public testing::Test {
 protected:
  ServerSecret() {
    auto pattern = testing::TempDir() + "server_secret_XXXXXX";
    data_ = ::mkdtemp(pattern.data());
  }
  ~ServerSecret() override { std::filesystem::remove_all(data_); }

  std::filesystem::path data_;
};

TEST_F(ServerSecret, is_the_same_on_every_start_and_another_for_every_name) {
  const auto first = load_or_create_secret(data_, "confirmation");
  const auto again = load_or_create_secret(data_, "confirmation");
  const auto other = load_or_create_secret(data_, "page-tokens");
  ASSERT_TRUE(first.has_value() && again.has_value() && other.has_value());
  EXPECT_EQ(first->size(), server_secret_bytes);
  EXPECT_EQ(first->reveal_text(), again->reveal_text());
  EXPECT_NE(first->reveal_text(), other->reveal_text());
}

TEST_F(ServerSecret, is_refused_when_open_to_others_or_of_another_length) {
  ASSERT_TRUE(load_or_create_secret(data_, "confirmation").has_value());
  const auto file = data_ / "keys" / "confirmation.key";
  std::filesystem::permissions(file, std::filesystem::perms{0644});
  EXPECT_FALSE(load_or_create_secret(data_, "confirmation").has_value());
  std::filesystem::permissions(file, std::filesystem::perms{0600});
  std::filesystem::resize_file(file, 31);
  EXPECT_FALSE(load_or_create_secret(data_, "confirmation").has_value());
  std::filesystem::resize_file(file, 0);
  EXPECT_FALSE(load_or_create_secret(data_, "confirmation").has_value());
}

TEST(ServerSecretDeathTest, a_name_is_no_path) {
  EXPECT_DEATH(static_cast<void>(load_or_create_secret("data", "../other")), "is_plain_name");
}

}  // namespace
}  // namespace gatehouse::identity
