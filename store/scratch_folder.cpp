#include "store/scratch_folder.hpp"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace gatehouse {

namespace {

// For remove_scratch_folders().
class ScratchFolders {
 public:
  void add(const std::filesystem::path& path) {
    const std::lock_guard lock(mutex_);
    paths_.insert(path);
  }
  void remove(const std::filesystem::path& path) {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
    const std::lock_guard lock(mutex_);
    paths_.erase(path);
  }
  [[nodiscard]] std::set<std::filesystem::path> all() {
    const std::lock_guard lock(mutex_);
    return paths_;
  }

 private:
  std::mutex mutex_;
  std::set<std::filesystem::path> paths_;
};

ScratchFolders& scratch_folders() {
  static ScratchFolders folders;
  return folders;
}

}  // namespace

tl::expected<ScratchFolder, std::error_code> ScratchFolder::make(const std::filesystem::path& parent,
                                                                 std::string_view prefix) {
  auto name = (parent / (std::string(prefix) + "XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr)
    return tl::unexpected(std::error_code(errno, std::generic_category()));
  scratch_folders().add(name);
  return ScratchFolder(name);
}

ScratchFolder::~ScratchFolder() {
  if (!path_.empty())
    scratch_folders().remove(path_);
}

// Again and again for a while, because other threads may still write into them.
void remove_scratch_folders() {
  constexpr int times_max = 20;
  constexpr std::chrono::milliseconds between{10};
  for (const auto& path : scratch_folders().all()) {
    for (int times = 0; times < times_max; ++times) {
      std::error_code ignored;
      std::filesystem::remove_all(path, ignored);
      std::this_thread::sleep_for(between);
      if (!std::filesystem::exists(path, ignored))
        break;
    }
  }
}

}  // namespace gatehouse
