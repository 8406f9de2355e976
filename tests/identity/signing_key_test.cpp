#include "identity/signing_key.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "identity/base64url.hpp"

namespace gatehouse::identity {
namespace {

using testing::HasSubstr;
using testing::Not;

Secret secret_of(std::string_view text) { return Secret{std::vector<std::uint8_t>(text.begin(), text.end())}; }

class SigningKeyFile : public testing::Test {
 protected:
  SigningKeyFile() {
    auto pattern = testing::TempDir() + "signing_key_XXXXXX";
    data_ = ::mkdtemp(pattern.data());
  }
  ~SigningKeyFile() override { std::filesystem::remove_all(data_); }

  [[nodiscard]] std::filesystem::path file() const { return data_ / "keys" / "token-signing.pem"; }

  std::filesystem::path data_;
};

std::filesystem::perms mode_of(const std::filesystem::path& path) {
  return std::filesystem::status(path).permissions();
}

TEST_F(SigningKeyFile, is_made_once_for_the_owners_eyes_only) {
  const auto first = load_or_create_key(data_);
  ASSERT_TRUE(first.has_value()) << first.error().detail;
  EXPECT_EQ(mode_of(file()), std::filesystem::perms{0600});
  EXPECT_EQ(mode_of(file().parent_path()), std::filesystem::perms{0700});
  const auto second = load_or_create_key(data_);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(first->key_id(), second->key_id());
  const std::filesystem::directory_iterator files{file().parent_path()};
  EXPECT_EQ(std::distance(begin(files), end(files)), 1) << "nothing else is left behind";
}

TEST_F(SigningKeyFile, is_not_made_by_who_only_loads_it) {
  const auto none = load_key(data_ / "wrong");
  ASSERT_FALSE(none.has_value());
  EXPECT_THAT(none.error().detail, HasSubstr("token-signing.pem: is not there"));
  EXPECT_FALSE(std::filesystem::exists(data_ / "wrong"));
  const auto made = load_or_create_key(data_);
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(load_key(data_)->key_id(), made->key_id());
}

TEST_F(SigningKeyFile, is_refused_when_others_may_read_it) {
  ASSERT_TRUE(load_or_create_key(data_).has_value());
  for (const auto mode : {0640, 0604, 0660, 0620}) {
    std::filesystem::permissions(file(), std::filesystem::perms(mode));
    const auto key = load_or_create_key(data_);
    ASSERT_FALSE(key.has_value()) << std::oct << mode;
    EXPECT_THAT(key.error().detail, HasSubstr("token-signing.pem: is open to other users; set its mode to 0600"));
    EXPECT_THAT(key.error().detail, HasSubstr("every token that was given out ends with it"));
  }
  std::filesystem::permissions(file(), std::filesystem::perms{0600});
  std::filesystem::permissions(file().parent_path(), std::filesystem::perms{0750});
  const auto key = load_or_create_key(data_);
  ASSERT_FALSE(key.has_value());
  EXPECT_THAT(key.error().detail, HasSubstr("keys: is open to other users"));
}

TEST_F(SigningKeyFile, is_refused_when_it_is_something_else) {
  ASSERT_TRUE(load_or_create_key(data_).has_value());
  const auto elsewhere = data_ / "elsewhere.pem";
  std::filesystem::rename(file(), elsewhere);
  std::filesystem::create_symlink(elsewhere, file());
  EXPECT_FALSE(load_or_create_key(data_).has_value()) << "a link";
  std::filesystem::remove(file());
  ASSERT_TRUE(create_private_file(file(), secret_of("no key")).value());
  const auto key = load_or_create_key(data_);
  ASSERT_FALSE(key.has_value());
  EXPECT_THAT(key.error().detail, HasSubstr("not an Ed25519 private key"));
  EXPECT_THAT(key.error().detail, Not(HasSubstr("no key")));
}

TEST_F(SigningKeyFile, creating_never_replaces_a_file) {
  ASSERT_TRUE(make_private_directory(data_ / "keys").has_value());
  const auto path = data_ / "keys" / "x";
  EXPECT_TRUE(create_private_file(path, secret_of("first")).value());
  EXPECT_FALSE(create_private_file(path, secret_of("second")).value());
  EXPECT_EQ(read_private_file(path)->reveal_text(), "first");
}

TEST_F(SigningKeyFile, makes_the_data_directory_where_there_is_none) {
  EXPECT_TRUE(load_or_create_key(data_ / "new" / "data").has_value());
  std::ofstream{data_ / "file"} << "x";
  EXPECT_FALSE(load_or_create_key(data_ / "file").has_value());
}

TEST(SigningKey, survives_its_pem_form) {
  const auto key = SigningKey::generate();
  const auto pem = key.to_pem();
  EXPECT_THAT(std::string{pem.reveal_text()}, HasSubstr("BEGIN PRIVATE KEY"));
  const auto read = SigningKey::from_pem(pem);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->key_id(), key.key_id());
  EXPECT_TRUE(key.public_key().verifies("message", read->sign("message")));
}

// RFC 8037 appendix A: key, thumbprint and signature.
TEST(SigningKey, signs_as_the_standard_does) {
  const auto key = SigningKey::from_pem(secret_of("-----BEGIN PRIVATE KEY-----\n"
                                                  "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                                                  "-----END PRIVATE KEY-----\n"));
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(key->key_id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  EXPECT_EQ(base64url_encode(key->sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc")),
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
}

}  // namespace
}  // namespace gatehouse::identity
