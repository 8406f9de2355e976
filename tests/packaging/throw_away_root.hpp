// The machine's own root file system with changes that vanish: a mount namespace of its own, an overlay over / in memory, and a network
// of its own with nothing but loopback. Packages can be installed in it for real. Needs root, and a kernel that allows an overlay.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/system/program.hpp"

namespace gatehouse::packaging_test {

class ThrowAwayRoot {
 public:
  ThrowAwayRoot();  // throws std::runtime_error with what was refused
  ~ThrowAwayRoot();
  ThrowAwayRoot(const ThrowAwayRoot&) = delete;
  ThrowAwayRoot& operator=(const ThrowAwayRoot&) = delete;

  // A path of it, as this process sees it.
  [[nodiscard]] std::filesystem::path outside(const std::string& path) const;
  void bring(const std::filesystem::path& file, const std::string& path) const;

  // Runs a script in it, as root.
  [[nodiscard]] system_test::Finished run(const std::string& script) const;
  // The process is the script's own; it dies with this thread.
  [[nodiscard]] pid_t start(const std::string& script, const std::filesystem::path& output) const;

 private:
  [[nodiscard]] std::vector<std::string> command(const std::string& script) const;

  system_test::ScratchFolder scratch_;
  pid_t holder_ = 0;  // keeps the namespaces
};

}  // namespace gatehouse::packaging_test
