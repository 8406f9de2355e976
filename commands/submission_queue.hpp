// Submissions that wait to be decided, in a line for each account. The accounts take turns, so that what one of them sends keeps the
// others waiting for no more than one submission of its own. Used under the service's lock.
#pragma once
#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <unordered_map>

#include "commands/command_service.hpp"

namespace gatehouse {

struct WaitingSubmission {
  Submission submission;
  CommandService::Done done;
  std::chrono::steady_clock::time_point submitted_at;
  int tries = 0;  // that met a conflict
};

class SubmissionQueue {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  void push(WaitingSubmission waiting);
  // Of the account whose turn it is, what it sent first; then the turn is the next account's. There must be one.
  [[nodiscard]] WaitingSubmission take();
  // What was taken and could not be decided comes before what its account sent later.
  void put_back(std::deque<WaitingSubmission> taken);

 private:
  using Line = std::deque<WaitingSubmission>;

  std::unordered_map<std::string, Line> lines_;  // by account, of those who wait
  std::deque<std::string> turns_;                // each of these accounts once
  std::size_t size_ = 0;
};

}  // namespace gatehouse
