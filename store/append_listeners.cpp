#include "store/append_listeners.hpp"

#include <utility>

namespace gatehouse {

class AppendListeners::Handle final : public EventLog::Listener {
 public:
  Handle(std::shared_ptr<Registered> registered, std::uint64_t id) : registered_(std::move(registered)), id_(id) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() override {
    const std::lock_guard lock(registered_->mutex);
    registered_->callbacks.erase(id_);
  }

 private:
  std::shared_ptr<Registered> registered_;
  std::uint64_t id_;
};

std::unique_ptr<EventLog::Listener> AppendListeners::add(std::function<void(Position head)> notify) {
  const std::lock_guard lock(registered_->mutex);
  const auto id = registered_->next_id++;
  registered_->callbacks.emplace(id, std::move(notify));
  return std::make_unique<Handle>(registered_, id);
}

void AppendListeners::notify(Position head) const {
  const std::lock_guard lock(registered_->mutex);
  for (const auto& [id, callback] : registered_->callbacks)
    callback(head);
}

}  // namespace gatehouse
