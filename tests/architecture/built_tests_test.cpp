// A test that no build names is never run and is missed by nobody.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace gatehouse::architecture {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream{path, std::ios::binary}.rdbuf();
  return text.str();
}

// Whether a list in the test's own folder, or in one above it, names the file by its path from there.
bool is_built(const std::filesystem::path& test, const std::filesystem::path& root) {
  for (auto folder = test.parent_path(); folder != root.parent_path(); folder = folder.parent_path()) {
    const auto list = text_of(folder / "CMakeLists.txt");
    const auto name = test.lexically_relative(folder).generic_string();
    for (auto at = list.find(name); at != std::string::npos; at = list.find(name, at + 1)) {
      if (at > 0 && std::string_view(" \n(").find(list[at - 1]) != std::string_view::npos) return true;
    }
  }
  return false;
}

TEST(BuiltTests, are_all_the_tests_there_are) {
  const auto root = std::filesystem::path{GATEHOUSE_SOURCE_DIR} / "tests";
  std::size_t tests = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{root}) {
    if (!entry.path().filename().string().ends_with("_test.cpp")) continue;
    ++tests;
    EXPECT_TRUE(is_built(entry.path(), root)) << entry.path().lexically_relative(root) << " stands in no CMakeLists.txt";
  }
  EXPECT_GT(tests, 50U);
  EXPECT_FALSE(is_built(root / "domain" / "nothing_test.cpp", root));
}

}  // namespace
}  // namespace gatehouse::architecture
