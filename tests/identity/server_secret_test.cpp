#include "identity/server_secret.hpp"

#include <fstream>
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

TEST_F(ServerSecret, with_a_wrong_bit_is_refused_and_one_of_earlier_versions_is_not) {
  const auto made = load_or_create_secret(data_, "confirmation");
  ASSERT_TRUE(made.has_value());
  const auto file = file_of_secret(data_, "confirmation");
  for (const std::streamoff byte : {0, 17, 31, 35}) {
    const auto flip = [&] {
      std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
      stream.seekg(byte);
      const auto there = static_cast<char>(stream.get());
      stream.seekp(byte);
      stream.put(static_cast<char>(there ^ 4));
    };
    flip();
    const auto damaged = load_or_create_secret(data_, "confirmation");
    ASSERT_FALSE(damaged.has_value()) << byte;
    EXPECT_NE(damaged.error().detail.find("is damaged"), std::string::npos) << damaged.error().detail;
    flip();
  }
  std::filesystem::resize_file(file, server_secret_bytes);
  const auto earlier = load_or_create_secret(data_, "confirmation");
  ASSERT_TRUE(earlier.has_value());
  EXPECT_EQ(earlier->reveal_text(), made->reveal_text());
}

TEST(ServerSecretDeathTest, a_name_is_no_path) {
  EXPECT_DEATH(static_cast<void>(load_or_create_secret("data", "../other")), "is_plain_name");
}

}  // namespace
}  // namespace gatehouse::identity
