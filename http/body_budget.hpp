// How much memory the large bodies of all connections may take at once, from the moment that they are announced until whoever was given them lets go. Any thread.
#pragma once
#include <atomic>
#include <cstddef>
#include <memory>

namespace gatehouse::http {

class BodyBudget {
 public:
  using Share = std::shared_ptr<void>;  // gives its bytes back with its last copy, also after the budget has gone

  explicit BodyBudget(std::size_t bytes) : left_(std::make_shared<std::atomic<std::size_t>>(bytes)) {}

  // Null when so much is not left.
  [[nodiscard]] Share take(std::size_t bytes) const;

 private:
  std::shared_ptr<std::atomic<std::size_t>> left_;
};

}  // namespace gatehouse::http
