// What a tool that is told to end leaves behind.
#include "cli/end_on_signal.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "store/scratch_folder.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

class EndOnSignalDeathTest : public ::testing::TestWithParam<int> {};

TEST_P(EndOnSignalDeathTest, removes_scratch_folders_and_tells_the_signal) {
  const gatehouse::testing::TemporaryFolder parent;
  const auto work_until_told = [&] {
    const EndOnSignal end_on_signal;
    const auto folder = ScratchFolder::make(parent.path(), "gatehouse-drill-");
    std::ofstream(folder->path() / "file") << "some bytes";
    ::kill(::getpid(), GetParam());
    ::pause();
  };
  EXPECT_EXIT(work_until_told(), ::testing::ExitedWithCode(128 + GetParam()), "");
  EXPECT_TRUE(std::filesystem::is_empty(parent.path()));
}

INSTANTIATE_TEST_SUITE_P(Signals, EndOnSignalDeathTest, ::testing::Values(SIGINT, SIGTERM, SIGHUP));

TEST(EndOnSignal, ends_with_the_tool) {
  { const EndOnSignal end_on_signal; }
  { const EndOnSignal again; }
}

}  // namespace
}  // namespace gatehouse::cli
