// Runs the program under test as its users do: as a process of its own, by its command line.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace gatehouse::system_test {

// A folder that goes with its owner.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Starts a program that dies with the calling thread; standard output and error go to `output`. Its first argument is the
// program itself. Throws std::runtime_error.
[[nodiscard]] pid_t start_program(const std::vector<std::string>& arguments, const std::filesystem::path& output);

// Waits for a child: its exit code, or 128 plus the signal that ended it.
[[nodiscard]] int wait_for_program(pid_t pid);

struct Finished {
  int exit_code{};
  std::string output;
};
[[nodiscard]] Finished run_program(const std::vector<std::string>& arguments);
// `gatehouse` with these arguments.
[[nodiscard]] pid_t start_gatehouse(std::vector<std::string> arguments, const std::filesystem::path& output);
[[nodiscard]] Finished run_gatehouse(std::vector<std::string> arguments);

[[nodiscard]] std::string read_text(const std::filesystem::path& file);

}  // namespace gatehouse::system_test
