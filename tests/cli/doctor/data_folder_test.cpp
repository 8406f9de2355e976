#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/doctor/checks.hpp"
#include "identity/server_secret.hpp"
#include "identity/signing_key.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DoctorOnData : public ::testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path data() const { return folder_.path(); }
  void make_keys() const {
    ASSERT_TRUE(identity::load_or_create_key(data(), identity::token_key));
    ASSERT_TRUE(identity::load_or_create_key(data(), identity::log_key));
    ASSERT_TRUE(identity::load_or_create_secret(data(), "pages"));
    ASSERT_TRUE(identity::load_or_create_secret(data(), "webhooks"));
  }
  [[nodiscard]] std::string wrong_keys(bool has_log) const {
    std::string text;
    for (const auto& finding : check_keys(data(), has_log))
      text += finding.verdict == Verdict::wrong ? finding.seen + "\n" : "";
    return text;
  }

 private:
  gatehouse::testing::TemporaryFolder folder_;
};

TEST_F(DoctorOnData, that_is_its_servers_own_or_not_there_yet_is_content) {
  EXPECT_EQ(check_data_folder(data()).verdict, Verdict::ok);
  EXPECT_EQ(check_data_folder(data() / "later").verdict, Verdict::ok);
}

TEST_F(DoctorOnData, finds_a_folder_that_others_write_or_that_is_none) {
  std::ofstream(data() / "file") << "x";
  EXPECT_EQ(check_data_folder(data() / "file").verdict, Verdict::wrong);
  ::chmod(data().c_str(), 0707);
  EXPECT_EQ(check_data_folder(data()).verdict, Verdict::wrong);
}

// Root can plant a file of somebody else's; anybody else has only to look at a folder of root's.
TEST_F(DoctorOnData, finds_what_belongs_to_somebody_else) {
  constexpr uid_t nobody = 65'534;
  if (::geteuid() != 0) {
    EXPECT_EQ(check_data_folder("/etc").verdict, Verdict::wrong);
    return;
  }
  std::filesystem::create_directory(data() / "db");
  std::ofstream(data() / "db" / "LOG") << "x";
  ASSERT_EQ(::chown((data() / "db" / "LOG").c_str(), nobody, nobody), 0);
  const auto finding = check_data_folder(data());
  EXPECT_EQ(finding.verdict, Verdict::wrong);
  EXPECT_THAT(finding.seen, HasSubstr("db/LOG does not belong to root"));
  EXPECT_THAT(finding.advice, HasSubstr("chown -R root: "));
}

TEST_F(DoctorOnData, is_content_with_keys_that_are_closed_and_with_none_before_the_first_start) {
  EXPECT_EQ(wrong_keys(false), "");
  make_keys();
  EXPECT_EQ(wrong_keys(true), "");
}

TEST_F(DoctorOnData, finds_keys_that_are_gone_while_the_log_is_there) {
  EXPECT_THAT(wrong_keys(true), HasSubstr("no folder"));
  make_keys();
  std::filesystem::remove(data() / "keys" / "log-signing.pem");
  EXPECT_THAT(wrong_keys(true), HasSubstr("log-signing.pem"));
}

TEST_F(DoctorOnData, finds_keys_that_others_can_read_and_files_that_are_no_keys) {
  make_keys();
  ::chmod((data() / "keys" / "pages.key").c_str(), 0644);
  EXPECT_THAT(wrong_keys(true), HasSubstr("pages.key"));
  ::chmod((data() / "keys" / "webhooks.key").c_str(), 0644);
  EXPECT_THAT(wrong_keys(true), HasSubstr("set its mode to 0600"));
  EXPECT_THAT(wrong_keys(true), HasSubstr("receivers refuse every webhook"));
  EXPECT_THAT(wrong_keys(true), Not(HasSubstr("remove it")));
  ::chmod((data() / "keys" / "webhooks.key").c_str(), 0600);
  ::chmod((data() / "keys" / "pages.key").c_str(), 0600);
  std::ofstream(data() / "keys" / "token-signing.pem", std::ios::trunc) << "no key";
  EXPECT_THAT(wrong_keys(true), HasSubstr("not an Ed25519 private key"));
  ::chmod((data() / "keys").c_str(), 0755);
  EXPECT_THAT(wrong_keys(true), HasSubstr("open to other users"));
}

}  // namespace
}  // namespace gatehouse::cli
