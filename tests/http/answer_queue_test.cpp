#include "http/answer_queue.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace gatehouse::http {
namespace {

Response text(std::string body) { return {.content_type = "text/plain", .body = std::move(body)}; }

// The bodies that leave, one after the other: the tests use bodies of one letter.
std::string leaving(AnswerQueue& queue) {
  std::string out;
  EXPECT_EQ(queue.gather(out, "now"), nullptr);
  std::string bodies;
  for (auto at = out.find("\r\n\r\n"); at != std::string::npos; at = out.find("\r\n\r\n", at + 4))
    bodies += out[at + 4];
  return bodies;
}

TEST(AnswerQueue, sends_answers_in_the_order_of_their_requests) {
  AnswerQueue queue;
  const auto a = queue.open({});
  const auto b = queue.open({});
  const auto c = queue.open({});
  EXPECT_TRUE(queue.answer(c, text("c")));
  EXPECT_TRUE(queue.answer(b, text("b")));
  EXPECT_EQ(leaving(queue), "");
  EXPECT_EQ(queue.in_flight(), 3U);
  EXPECT_TRUE(queue.answer(a, text("a")));
  EXPECT_EQ(leaving(queue), "abc");
  EXPECT_EQ(queue.in_flight(), 0U);
}

TEST(AnswerQueue, gives_a_large_body_back_instead_of_copying_it) {
  AnswerQueue queue;
  const auto shared = std::make_shared<const std::string>(AnswerQueue::copied_body_bytes + 1, 's');
  for (int number = 0; number < 2; ++number)
    EXPECT_TRUE(queue.answer(queue.open({}), {.body = shared}));
  EXPECT_TRUE(queue.answer(queue.open({.head = true}), {.body = shared}));
  EXPECT_EQ(queue.waiting_bytes(), 3 * shared->size());
  for (int number = 0; number < 2; ++number) {
    std::string out;
    EXPECT_EQ(queue.gather(out, "now"), shared);
    EXPECT_TRUE(out.ends_with("\r\n\r\n"));
    EXPECT_LT(out.size(), 1000U);
  }
  std::string out;
  EXPECT_EQ(queue.gather(out, "now"), nullptr) << "HEAD has no body";
  EXPECT_FALSE(queue.ready());
  EXPECT_EQ(queue.waiting_bytes(), 0U);
}

TEST(AnswerQueue, gathers_a_piece_at_a_time) {
  AnswerQueue queue;
  for (int number = 0; number < 32; ++number)
    EXPECT_TRUE(queue.answer(queue.open({}), text(std::string(AnswerQueue::copied_body_bytes, 'c'))));
  std::size_t pieces = 0;
  for (; queue.ready(); ++pieces) {
    std::string out;
    EXPECT_EQ(queue.gather(out, "now"), nullptr);
    EXPECT_LT(out.size(), AnswerQueue::piece_bytes + AnswerQueue::copied_body_bytes + 1000);
  }
  EXPECT_EQ(pieces, 8U);
  EXPECT_EQ(queue.waiting_bytes(), 0U);
}

TEST(AnswerQueue, takes_one_answer_for_each_request_only) {
  AnswerQueue queue;
  const auto a = queue.open({});
  const auto b = queue.open({});
  EXPECT_TRUE(queue.answer(b, text("b")));
  EXPECT_FALSE(queue.answer(b, text("x"))) << "before it leaves";
  EXPECT_TRUE(queue.answer(a, text("a")));
  EXPECT_EQ(leaving(queue), "ab");
  EXPECT_FALSE(queue.answer(a, text("x"))) << "after it left";
  EXPECT_FALSE(queue.answer(7, text("x"))) << "never asked";
}

TEST(AnswerQueue, drops_what_follows_an_answer_that_closes) {
  AnswerQueue queue;
  const auto a = queue.open({});
  const auto b = queue.open({});
  const auto c = queue.open({});
  EXPECT_TRUE(queue.answer(a, {.body = "a", .close = true}));
  EXPECT_TRUE(queue.answer(b, text("b")));
  EXPECT_EQ(leaving(queue), "a");
  EXPECT_TRUE(queue.closed());
  EXPECT_EQ(queue.in_flight(), 0U);
  EXPECT_FALSE(queue.answer(c, text("c")));
  EXPECT_EQ(leaving(queue), "");
}

TEST(AnswerQueue, closes_after_the_request_that_asked_for_it) {
  AnswerQueue queue;
  const auto a = queue.open({});
  queue.open({});
  queue.close_after_last();
  EXPECT_TRUE(queue.answer(a, text("a")));
  EXPECT_EQ(leaving(queue), "a");
  EXPECT_FALSE(queue.closed());
  EXPECT_TRUE(queue.answer(a + 1, text("b")));
  EXPECT_EQ(leaving(queue), "b");
  EXPECT_TRUE(queue.closed());
}

TEST(AnswerQueue, keeps_the_order_in_any_interleaving) {
  std::mt19937 random{7};
  for (int round = 0; round < 200; ++round) {
    AnswerQueue queue;
    std::vector<std::uint64_t> waiting;
    std::string expected;
    std::string got;
    while (expected.size() < 100 || !waiting.empty()) {
      if (expected.size() < 100 && (waiting.empty() || random() % 2 == 0)) {
        expected += static_cast<char>('a' + expected.size() % 26);
        waiting.push_back(queue.open({}));
      } else {
        const auto chosen = waiting.begin() + static_cast<std::ptrdiff_t>(random() % waiting.size());
        EXPECT_TRUE(queue.answer(*chosen, text({expected[static_cast<std::size_t>(*chosen)]})));
        waiting.erase(chosen);
        if (random() % 3 == 0)
          got += leaving(queue);
      }
    }
    got += leaving(queue);
    ASSERT_EQ(got, expected) << "round " << round;
    ASSERT_EQ(queue.in_flight(), 0U);
  }
}

}  // namespace
}  // namespace gatehouse::http
