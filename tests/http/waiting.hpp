// Waiting for something that happens on another thread, with an end to it.
#pragma once

#include <chrono>
#include <thread>

namespace gatehouse::http {

template <class Condition>
bool eventually(Condition condition, std::chrono::milliseconds patience = std::chrono::milliseconds{10'000}) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end)
      return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  return true;
}

}  // namespace gatehouse::http
