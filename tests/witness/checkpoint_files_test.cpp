#include "witness/checkpoint_files.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

namespace gatehouse::witness {
namespace {

struct CheckpointFilesTest : testing::Test {
  CheckpointFilesTest() : folder(std::filesystem::temp_directory_path() / ("witness-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(folder);
  }
  ~CheckpointFilesTest() override { std::filesystem::remove_all(folder); }
  std::filesystem::path folder;
};

TEST_F(CheckpointFilesTest, remember_the_last_one_of_each_log) {
  {
    CheckpointFiles files(folder);
    EXPECT_EQ(files.load("a/../b"), std::nullopt);
    files.save("a/../b", "one");
    files.save("a/../b", "two");
    files.save("c", "three");
  }
  CheckpointFiles files(folder);
  EXPECT_EQ(files.load("a/../b"), "two");
  EXPECT_EQ(files.load("c"), "three");
}

TEST_F(CheckpointFilesTest, say_so_when_one_is_damaged_or_cannot_be_written) {
  CheckpointFiles files(folder);
  files.save("a", "one");
  for (const auto& file : std::filesystem::directory_iterator(folder))
    std::ofstream(file.path(), std::ios::trunc).close();
  EXPECT_THROW(static_cast<void>(files.load("a")), std::runtime_error);
  std::filesystem::remove_all(folder);
  EXPECT_THROW(files.save("a", "two"), std::runtime_error);
}

}  // namespace
}  // namespace gatehouse::witness
