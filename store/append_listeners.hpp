// The callbacks that a log calls after each durable group. A callback never runs after its handle was destroyed, and must not destroy
// a handle itself. Handles may outlive the log.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "store/event_log.hpp"

namespace gatehouse {

class AppendListeners {
 public:
  [[nodiscard]] std::unique_ptr<EventLog::Listener> add(std::function<void(Position head)> notify);
  void notify(Position head) const;

 private:
  struct Registered {
    std::mutex mutex;
    std::uint64_t next_id{};
    std::map<std::uint64_t, std::function<void(Position)>> callbacks;
  };
  class Handle;

  std::shared_ptr<Registered> registered_ = std::make_shared<Registered>();
};

}  // namespace gatehouse
