// A handler that keeps every request until the test answers it, in any order and from any thread.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "http/options.hpp"
#include "tests/http/waiting.hpp"

namespace gatehouse::http {

class HeldAnswers {
 public:
  Handler handler() {
    return [this](Request request, Respond respond) {
      const std::lock_guard lock(mutex_);
      if (let_go_)
        return;
      held_.push_back({std::move(request), std::move(respond)});
    };
  }

  bool wait_for(std::size_t count) {
    return eventually([&] { return size() >= count; });
  }

  std::size_t size() {
    const std::lock_guard lock(mutex_);
    return held_.size();
  }

  Request& request(std::size_t index) {
    const std::lock_guard lock(mutex_);
    return held_.at(index).request;
  }

  void answer(std::size_t index, Response response) { take(index)(std::move(response)); }
  void drop(std::size_t index) { take(index); }

  // Drops all that is held and all that may come.
  void let_go() {
    std::vector<Held> dropped;
    const std::lock_guard lock(mutex_);
    let_go_ = true;
    dropped.swap(held_);
  }

 private:
  struct Held {
    Request request;
    Respond respond;
  };

  Respond take(std::size_t index) {
    const std::lock_guard lock(mutex_);
    return std::move(held_.at(index).respond);
  }

  std::mutex mutex_;
  std::vector<Held> held_;
  bool let_go_ = false;
};

// Says what it was asked.
inline void echo(Request request, Respond respond) {
  respond({.content_type = "text/plain", .body = request.method + " " + request.target + " " + request.body});
}

}  // namespace gatehouse::http
