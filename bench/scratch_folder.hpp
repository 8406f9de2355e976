// A folder for the data of one run, removed at its end.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <string>

namespace gatehouse::bench {

class ScratchFolder {
 public:
  ScratchFolder(const std::filesystem::path& parent, const std::string& name)
      : path_(parent / (name + "-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace gatehouse::bench
