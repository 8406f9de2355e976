// Whether files that are open still have their names. What is written to one that was removed or replaced is durable where no start finds it.
// Thread-safe.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <vector>

namespace gatehouse {

class HeldFiles {
 public:
  // As they are now; those that are not there are not looked for.
  explicit HeldFiles(const std::vector<std::filesystem::path>& files);

  // The first that is gone or another one. A system call of about a microsecond for each.
  [[nodiscard]] std::optional<std::filesystem::path> displaced() const;

 private:
  struct Held {
    std::filesystem::path path;
    dev_t device;
    ino_t number;
  };
  std::vector<Held> files_;
};

}  // namespace gatehouse
