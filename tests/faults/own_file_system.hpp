// A file system of a few MiB in memory, that only this process and what it starts can see, and that can be filled. Throws std::runtime_error where
// mounting is not allowed.
#pragma once
#include <cstdint>
#include <filesystem>

#include "tests/system/program.hpp"

namespace gatehouse::faults {

[[nodiscard]] bool may_mount();

class OwnFileSystem {
 public:
  explicit OwnFileSystem(std::uint64_t bytes);
  ~OwnFileSystem();
  OwnFileSystem(const OwnFileSystem&) = delete;
  OwnFileSystem& operator=(const OwnFileSystem&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::uint64_t free_bytes() const;
  // In one go, by a file of somebody else, down to so many free bytes.
  void fill(std::uint64_t left_bytes) const;
  void make_room() const;

 private:
  system_test::ScratchFolder scratch_;
  std::filesystem::path path_ = scratch_.path() / "disk";
};

}  // namespace gatehouse::faults
