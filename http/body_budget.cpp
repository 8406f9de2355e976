#include "http/body_budget.hpp"

namespace gatehouse::http {

BodyBudget::Share BodyBudget::take(std::size_t bytes) const {
  auto left = left_->load();
  do {
    if (left < bytes)
      return nullptr;
  } while (!left_->compare_exchange_weak(left, left - bytes));
  return {left_.get(), [budget = left_, bytes](void*) { budget->fetch_add(bytes); }};
}

}  // namespace gatehouse::http
