#include "cli/unfinished_import.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Root may look everywhere: it acts as another user meanwhile. Anybody else closes his own folder.
class WithoutRights {
 public:
  explicit WithoutRights(const std::filesystem::path& folder) : folder_(folder) {
    constexpr uid_t nobody = 65'534;
    EXPECT_EQ(is_root_ ? ::seteuid(nobody) : ::chmod(folder_.c_str(), 0), 0);
  }
  ~WithoutRights() { EXPECT_EQ(is_root_ ? ::seteuid(0) : ::chmod(folder_.c_str(), S_IRWXU), 0); }
  WithoutRights(const WithoutRights&) = delete;
  WithoutRights& operator=(const WithoutRights&) = delete;

 private:
  const std::filesystem::path folder_;
  const bool is_root_ = ::geteuid() == 0;
};

std::string refusal(const std::filesystem::path& data) {
  try {
    refuse_unfinished_import(data);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

TEST(UnfinishedImport, is_refused_from_its_beginning_to_its_end) {
  const gatehouse::testing::TemporaryFolder folder;
  EXPECT_EQ(refusal(folder.path()), "");
  EXPECT_EQ(refusal(folder.path() / "not-there"), "");
  begin_import(folder.path());
  EXPECT_THAT(refusal(folder.path()), HasSubstr("empty the folder and import again"));
  end_import(folder.path());
  EXPECT_EQ(refusal(folder.path()), "");
}

TEST(UnfinishedImport, is_not_what_a_folder_is_taken_for_that_cannot_be_looked_into) {
  const gatehouse::testing::TemporaryFolder folder;
  ASSERT_EQ(::chmod(folder.path().c_str(), S_IRWXU), 0);
  const WithoutRights rights(folder.path());
  EXPECT_THAT(refusal(folder.path()), HasSubstr("cannot be looked into: Permission denied; run this as root"));
  EXPECT_THAT(refusal(folder.path()), Not(HasSubstr("import")));
}

}  // namespace
}  // namespace gatehouse::cli
