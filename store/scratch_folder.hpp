// A folder of its own for what nobody keeps, removed with the object; only a process that is killed leaves it behind. Thread-safe.
#pragma once
#include <filesystem>
#include <string_view>
#include <system_error>
#include <tl/expected.hpp>
#include <utility>

namespace gatehouse {

class ScratchFolder {
 public:
  // In `parent`, which must be there, as `prefix` and six characters more.
  [[nodiscard]] static tl::expected<ScratchFolder, std::error_code> make(const std::filesystem::path& parent,
                                                                         std::string_view prefix);
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

// All that are there: before the process ends at once, in whatever state it is.
void remove_scratch_folders();

}  // namespace gatehouse
