// A folder of its own for one test, gone afterwards with all that is in it. In memory where there is room for it: what a sync costs is
// not what these tests are about.
#pragma once
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace gatehouse::testing {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = parent() + "gatehouse_store_XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr)
      std::abort();
    path_ = pattern;
  }
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty())
      std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  static std::string parent() {
    std::error_code missing;
    const auto space = std::filesystem::space("/dev/shm", missing);
    return !missing && space.available >= std::uintmax_t{1} << 30 ? "/dev/shm/" : ::testing::TempDir();
  }

  std::filesystem::path path_;
};

}  // namespace gatehouse::testing
