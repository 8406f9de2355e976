#include "commands/submission_queue.hpp"

#include <utility>

#include "table/assert.hpp"

namespace gatehouse {

void SubmissionQueue::push(WaitingSubmission waiting) {
  const auto& account = waiting.submission.account_id.value;
  auto& line = lines_[account];
  if (line.empty())
    turns_.push_back(account);
  line.push_back(std::move(waiting));
  ++size_;
}

WaitingSubmission SubmissionQueue::take() {
  GATEHOUSE_ASSERT(!empty());
  auto account = std::move(turns_.front());
  turns_.pop_front();
  const auto found = lines_.find(account);
  auto taken = std::move(found->second.front());
  found->second.pop_front();
  if (found->second.empty())
    lines_.erase(found);
  else
    turns_.push_back(std::move(account));
  --size_;
  return taken;
}

void SubmissionQueue::put_back(std::deque<WaitingSubmission> taken) {
  size_ += taken.size();
  for (; !taken.empty(); taken.pop_back()) {
    const auto& account = taken.back().submission.account_id.value;
    auto& line = lines_[account];
    if (line.empty())
      turns_.push_front(account);
    line.push_front(std::move(taken.back()));
  }
}

}  // namespace gatehouse
