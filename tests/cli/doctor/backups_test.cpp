#include <sys/stat.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/doctor/checks.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

using ::testing::HasSubstr;

struct DoctorOnBackups : ::testing::Test {
  DoctorOnBackups() {
    configuration.data = (folder.path() / "data").string();
    std::filesystem::create_directory(configuration.data);
  }
  [[nodiscard]] Finding found(const std::string& log, const std::string& keys) {
    configuration.backup.folder = log;
    configuration.backup.keys_folder = keys;
    return check_backups(configuration).at(0);
  }
  [[nodiscard]] std::string at(const std::string& name) const { return (folder.path() / name).string(); }

  const gatehouse::testing::TemporaryFolder folder;
  Configuration configuration;
};

TEST_F(DoctorOnBackups, is_content_where_they_can_be_written_and_leaves_nothing_there) {
  EXPECT_EQ(found(at("to/be/made"), at("keys")).verdict, Verdict::ok);
  EXPECT_EQ(found(at("backups"), "").verdict, Verdict::warning);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1) << "the data alone";
}

TEST_F(DoctorOnBackups, tries_whether_each_folder_can_be_written) {
  for (const auto& finding : {found("/proc/x", at("keys")), found(at("backups"), "/proc/x")}) {
    EXPECT_EQ(finding.verdict, Verdict::wrong);
    EXPECT_THAT(finding.seen, HasSubstr("nothing can be written to /proc/x"));
  }
}

TEST_F(DoctorOnBackups, tries_it_as_the_user_whose_data_it_is) {
  constexpr uid_t nobody = 65'534;
  if (::geteuid() != 0)
    return;  // only root can act as another
  ASSERT_EQ(::chown(configuration.data.c_str(), nobody, nobody), 0);
  ASSERT_EQ(::chmod(folder.path().c_str(), S_IRWXU), 0);
  EXPECT_EQ(found(at("backups"), "").verdict, Verdict::wrong);
  EXPECT_EQ(::geteuid(), 0U);
  ASSERT_EQ(::chmod(folder.path().c_str(), S_IRWXU | S_IRWXG | S_IRWXO), 0);
  EXPECT_EQ(found(at("backups"), at("keys")).verdict, Verdict::ok);
}

TEST_F(DoctorOnBackups, finds_folders_that_lie_in_one_another) {
  EXPECT_EQ(found(configuration.data, "").verdict, Verdict::wrong);
}

}  // namespace
}  // namespace gatehouse::cli
