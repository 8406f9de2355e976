#include "tests/system/program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace gatehouse::system_test {

ScratchFolder::ScratchFolder() {
  auto pattern = (std::filesystem::temp_directory_path() / "gatehouse-system-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr)
    throw std::runtime_error("no scratch folder: " + pattern);
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

pid_t start_program(const std::vector<std::string>& arguments, const std::filesystem::path& output) {
  std::vector<char*> pointers;
  for (const auto& argument : arguments)
    pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  const int file = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0)
    throw std::runtime_error("cannot write " + output.string());
  const pid_t pid = ::fork();
  if (pid == 0) {
    // Only calls that are safe between fork and exec.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    ::execv(pointers.front(), pointers.data());
    ::_exit(127);
  }
  ::close(file);
  if (pid < 0)
    throw std::runtime_error("cannot start " + arguments.front());
  return pid;
}

int wait_for_program(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR)
      throw std::runtime_error("cannot wait for a child");
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

Finished run_program(const std::vector<std::string>& arguments) {
  const ScratchFolder scratch;
  const auto output = scratch.path() / "output";
  const int exit_code = wait_for_program(start_program(arguments, output));
  return {exit_code, read_text(output)};
}

pid_t start_gatehouse(std::vector<std::string> arguments, const std::filesystem::path& output) {
  arguments.insert(arguments.begin(), GATEHOUSE_BINARY);
  return start_program(arguments, output);
}

Finished run_gatehouse(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), GATEHOUSE_BINARY);
  return run_program(arguments);
}

std::string read_text(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace gatehouse::system_test
