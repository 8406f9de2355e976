// Runs a step of a crash test in a process of its own, so that it may end in any way, at any point, without taking the test with it.
// The calling process must not have opened RocksDB: its threads do not survive a fork.
#pragma once
#include <functional>
#include <string>

namespace gatehouse::testing {

struct ProcessEnd {
  int exit_code = -1;  // -1 when a signal ended it
  int signal = 0;
};

// The step's answer is the exit code; nothing is closed or flushed at the end.
[[nodiscard]] ProcessEnd run_in_process(const std::function<int()>& step);

// Zeroed memory shared with the processes started later. Never freed.
[[nodiscard]] void* shared_memory(std::size_t bytes);

}  // namespace gatehouse::testing
