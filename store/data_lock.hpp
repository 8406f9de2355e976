// Keeps two processes from using one data folder: a lock on the file `lock` in it, which the kernel lifts when the process ends, however
// it ends. Readers share it with each other but not with a server.
#pragma once
#include <filesystem>
#include <tl/expected.hpp>
#include <utility>

#include "store/open_error.hpp"

namespace gatehouse {

class DataLock {
 public:
  [[nodiscard]] static tl::expected<DataLock, OpenError> take(const std::filesystem::path& data_dir, bool shared);

  DataLock(DataLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), is_owner_(other.is_owner_) {}
  DataLock& operator=(DataLock&& other) noexcept;
  ~DataLock();

 private:
  explicit DataLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
  bool is_owner_ = false;  // its process id stands in the file
};

}  // namespace gatehouse
