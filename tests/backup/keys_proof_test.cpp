#include "backup/keys_proof.hpp"

#include <fstream>
#include <gtest/gtest.h>

#include "backup/keys_backup.hpp"
#include "identity/server_secret.hpp"
#include "identity/signing_key.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

namespace fs = std::filesystem;

struct KeysProof : ::testing::Test {
  KeysProof() {
    for (const auto name : {identity::token_key, identity::log_key})
      EXPECT_TRUE(identity::load_or_create_key(data(), name).has_value());
    for (const auto* name : {"webhooks", "pages", "confirmations"})
      EXPECT_TRUE(identity::load_or_create_secret(data(), name).has_value());
    const auto keys = open_subject_keys((data() / "subject-keys").string(), KeysAccess::make).value();
    for (int number = 0; number < 50; ++number) {
      const SubjectName name{AccountId{"acme"}, "user-" + std::to_string(number)};
      keys->add({{name, keys->make_key(name)}});
    }
    const auto made = replace_keys_backup(keys.get(), data(), folder());
    EXPECT_TRUE(made.has_value()) << made.error().detail;
  }
  [[nodiscard]] fs::path data() const { return scratch.path() / "data"; }
  [[nodiscard]] fs::path folder() const { return scratch.path() / "keys-backup"; }
  [[nodiscard]] fs::path copy() const { return folder() / "current"; }
  void forget_list() const {  // as earlier versions made copies
    fs::remove(copy() / "files");
    fs::remove(mark_in(copy()));
  }
  [[nodiscard]] std::vector<fs::path> secrets() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(secrets_in(folder())))
      files.push_back(entry.path());
    EXPECT_EQ(files.size(), 5U);
    return files;
  }
  // Why the copy is damaged; empty when it is not.
  [[nodiscard]] std::string damage() const {
    const auto proven = prove_keys_backup(folder());
    if (proven)
      return {};
    EXPECT_TRUE(proven.error().is_damage) << proven.error().detail;
    return proven.error().detail;
  }
  void expect_damage_of(const std::string& file) const {
    EXPECT_NE(damage().find((folder() / "current").string() + ": " + file), std::string::npos)
        << file << ", found: " << damage();
  }
  static std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  static void put(const fs::path& file, const std::string& bytes) { std::ofstream(file, std::ios::binary) << bytes; }
  static std::string flipped(std::string bytes) {
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 8);
    return bytes;
  }

  const TemporaryFolder scratch;
};

TEST_F(KeysProof, holds_for_what_was_copied) {
  EXPECT_EQ(damage(), "");
  forget_list();
  EXPECT_EQ(damage(), "");
}

TEST_F(KeysProof, wants_the_list_of_a_copy_that_had_one) {
  put(copy() / "files", "");
  EXPECT_NE(damage().find("is not in the list"), std::string::npos);
  fs::remove(copy() / "files");
  expect_damage_of("files");
}

TEST_F(KeysProof, finds_a_secret_that_is_cut_off_empty_or_gone) {
  for (const bool is_listed : {true, false}) {
    for (const auto& file : secrets()) {
      SCOPED_TRACE(is_listed ? "listed" : "of an earlier version");
      const auto bytes = bytes_of(file);
      for (const auto left : {std::size_t{0}, bytes.size() / 2}) {
        put(file, bytes.substr(0, left));
        expect_damage_of("keys/" + file.filename().string());
      }
      put(file, bytes);
    }
    if (is_listed) {
      const auto file = secrets().front();
      const auto bytes = bytes_of(file);
      fs::remove(file);
      expect_damage_of("keys/" + file.filename().string());
      put(file, bytes);
    }
    fs::rename(secrets_in(folder()), scratch.path() / "aside");
    expect_damage_of("keys");
    fs::rename(scratch.path() / "aside", secrets_in(folder()));
    EXPECT_EQ(damage(), "");
    forget_list();
  }
}

TEST_F(KeysProof, finds_a_bit_in_any_file_that_is_listed) {
  std::size_t found = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder())) {
    if (!entry.is_regular_file() || entry.file_size() == 0)
      continue;
    const auto bytes = bytes_of(entry.path());
    put(entry.path(), flipped(bytes));
    EXPECT_NE(damage(), "") << entry.path();
    put(entry.path(), bytes);
    ++found;
  }
  EXPECT_GT(found, 8U);
  EXPECT_EQ(damage(), "");
}

TEST_F(KeysProof, finds_damaged_keys_of_persons_in_a_copy_of_an_earlier_version) {
  forget_list();
  std::size_t tables = 0;
  for (const auto& entry : fs::directory_iterator(subject_keys_in(folder()))) {
    if (entry.path().extension() != ".sst")
      continue;
    const auto bytes = bytes_of(entry.path());
    put(entry.path(), flipped(bytes));
    expect_damage_of("subject-keys: ");
    EXPECT_NE(damage().find(entry.path().filename().string()), std::string::npos) << damage();
    put(entry.path(), bytes);
    ++tables;
  }
  EXPECT_GT(tables, 0U);
  fs::remove(subject_keys_in(folder()) / "CURRENT");
  expect_damage_of("subject-keys: ");
}

TEST_F(KeysProof, finds_what_was_no_secret_when_it_was_copied) {
  put(data() / "keys" / "webhooks.key", "short");
  const auto keys = open_subject_keys((data() / "subject-keys").string(), KeysAccess::write).value();
  ASSERT_TRUE(replace_keys_backup(keys.get(), data(), folder()).has_value());
  expect_damage_of("keys/webhooks.key: does not hold 32 bytes");
}

}  // namespace
}  // namespace gatehouse::testing
