#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/doctor/checks.hpp"
#include "cli/doctor/report.hpp"
#include "identity/signing_key.hpp"
#include "tests/store/temporary_folder.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::cli {
namespace {

// A folder whose log published a checkpoint under a name of its own.
class DoctorOnTheLogsKey : public ::testing::Test {
 protected:
  DoctorOnTheLogsKey() {
    const auto signer =
        transparency::make_log_signer(origin, identity::load_or_create_key(data(), identity::log_key).value());
    write(tlog::to_text(signer.sign(origin + "\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")));
  }
  void write(const std::string& checkpoint) const {
    std::ofstream(data() / "checkpoint", std::ios::trunc) << checkpoint;
  }
  [[nodiscard]] std::filesystem::path data() const { return folder_.path(); }
  [[nodiscard]] Verdict verdict(const std::string& as) const { return worst_of(check_log_key(data(), as)); }

  const std::string origin = "gatehouse.example.com/log";

 private:
  gatehouse::testing::TemporaryFolder folder_;
};

TEST_F(DoctorOnTheLogsKey, that_signed_the_last_checkpoint_is_content) {
  EXPECT_EQ(check_log_key(data(), origin).size(), 1U);
  EXPECT_EQ(verdict(origin), Verdict::ok);
}

TEST_F(DoctorOnTheLogsKey, finds_another_name_another_key_and_a_spoilt_checkpoint) {
  EXPECT_EQ(verdict({}), Verdict::wrong) << "the name that follows from the key";
  std::filesystem::remove(data() / "keys" / "log-signing.pem");
  EXPECT_TRUE(check_log_key(data(), origin).empty()) << "that one is told by another check";
  ASSERT_TRUE(identity::load_or_create_key(data(), identity::log_key));
  EXPECT_EQ(verdict(origin), Verdict::wrong);
  write("no note");
  EXPECT_EQ(verdict(origin), Verdict::wrong);
}

TEST_F(DoctorOnTheLogsKey, says_nothing_before_anything_was_published) {
  std::filesystem::remove(data() / "checkpoint");
  EXPECT_TRUE(check_log_key(data(), origin).empty());
}

}  // namespace
}  // namespace gatehouse::cli
