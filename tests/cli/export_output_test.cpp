#include "cli/export_output.hpp"

#include <sstream>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

namespace fs = std::filesystem;

struct ExportOutputs : ::testing::Test {
  [[nodiscard]] fs::path file() const { return folder.path() / "export"; }
  [[nodiscard]] std::string text() const {
    std::ostringstream bytes;
    bytes << std::ifstream(file()).rdbuf();
    return bytes.str();
  }
  [[nodiscard]] std::ptrdiff_t files() const { return std::distance(fs::directory_iterator(folder.path()), {}); }
  void write(const std::string& bytes) const {
    ExportOutput out(file().string());
    out.write(bytes);
    out.finish();
  }

  const gatehouse::testing::TemporaryFolder folder;
};

TEST_F(ExportOutputs, have_their_name_when_all_is_written) {
  write("all of it");
  EXPECT_EQ(text(), "all of it");
  write("anew");
  EXPECT_EQ(text(), "anew");
  EXPECT_EQ(files(), 1);
}

TEST_F(ExportOutputs, that_are_given_up_leave_what_was_there_and_nothing_else) {
  {
    ExportOutput out(file().string());
    out.write("a part");
  }
  EXPECT_EQ(files(), 0);
  write("the earlier one");
  {
    ExportOutput out(file().string());
    out.write("a part");
  }
  EXPECT_EQ(text(), "the earlier one");
  EXPECT_EQ(files(), 1);
}

TEST_F(ExportOutputs, take_the_place_of_what_a_link_names) {
  fs::create_symlink(folder.path() / "named", file());
  write("all of it");
  EXPECT_TRUE(fs::is_symlink(file()));
  EXPECT_TRUE(fs::is_regular_file(folder.path() / "named"));
}

TEST_F(ExportOutputs, that_a_device_does_not_take_are_told) {
  ExportOutput out("/dev/full");
  out.write("bytes");
  EXPECT_THROW(out.finish(), std::runtime_error);
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

}  // namespace
}  // namespace gatehouse::cli
