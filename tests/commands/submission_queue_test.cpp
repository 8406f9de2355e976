#include "commands/submission_queue.hpp"

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

WaitingSubmission from(const std::string& account, int number) {
  WaitingSubmission waiting;
  waiting.submission.account_id = AccountId{account};
  waiting.tries = number;  // to tell it from the others
  return waiting;
}

std::string name_of(const WaitingSubmission& waiting) {
  return waiting.submission.account_id.value + std::to_string(waiting.tries);
}

std::string taken_from(SubmissionQueue& queue) {
  std::string names;
  while (!queue.empty())
    names += name_of(queue.take()) + " ";
  return names;
}

TEST(SubmissionQueue, lets_accounts_take_turns_and_keeps_the_order_of_each) {
  SubmissionQueue queue;
  for (int number = 1; number <= 4; ++number)
    queue.push(from("a", number));
  queue.push(from("b", 1));
  queue.push(from("c", 1));
  queue.push(from("b", 2));
  EXPECT_EQ(queue.size(), 7U);
  EXPECT_EQ(taken_from(queue), "a1 b1 c1 a2 b2 a3 a4 ");
}

TEST(SubmissionQueue, lets_who_comes_later_have_the_next_turn) {
  SubmissionQueue queue;
  for (int number = 1; number <= 3; ++number)
    queue.push(from("a", number));
  EXPECT_EQ(name_of(queue.take()), "a1");
  queue.push(from("b", 1));
  EXPECT_EQ(taken_from(queue), "a2 b1 a3 ");
}

TEST(SubmissionQueue, takes_back_in_the_order_in_which_it_gave) {
  SubmissionQueue queue;
  for (int number = 1; number <= 4; ++number)
    queue.push(from("a", number));
  queue.push(from("b", 1));
  std::deque<WaitingSubmission> taken;
  for (int number = 0; number < 3; ++number)
    taken.push_back(queue.take());
  queue.put_back(std::move(taken));
  EXPECT_EQ(queue.size(), 5U);
  EXPECT_EQ(taken_from(queue), "b1 a1 a2 a3 a4 ");
}

}  // namespace
}  // namespace gatehouse
