#include "tests/store/crash_processes.hpp"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace gatehouse::testing {

ProcessEnd run_in_process(const std::function<int()>& step) {
  const pid_t child = ::fork();
  if (child < 0)
    std::abort();
  if (child == 0)
    ::_exit(step());
  int status = 0;
  if (::waitpid(child, &status, 0) != child)
    std::abort();
  if (WIFEXITED(status))
    return {WEXITSTATUS(status), 0};
  return {-1, WTERMSIG(status)};
}

void* shared_memory(std::size_t bytes) {
  void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    std::abort();
  return memory;
}

}  // namespace gatehouse::testing
