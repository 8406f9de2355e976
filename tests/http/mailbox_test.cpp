#include "http/mailbox.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "http/wake_batch.hpp"

namespace gatehouse::http {
namespace {

struct MailboxTest : testing::Test {
  void answer(std::uint64_t sequence) { mailbox->deliver({.connection = 1, .sequence = sequence}, {}); }

  // Runs what is ready; the number of wake-ups.
  std::size_t run() {
    io.restart();
    return io.poll();
  }

  boost::asio::io_context io;
  std::vector<std::uint64_t> received;
  std::shared_ptr<Mailbox> mailbox =
      std::make_shared<Mailbox>(io.get_executor(), [this](std::span<Mailbox::Letter> letters) {
        for (const auto& letter : letters)
          received.push_back(letter.ticket.sequence);
      });
};

TEST_F(MailboxTest, wakes_once_for_all_that_arrives_before_it_is_looked_into) {
  for (std::uint64_t sequence = 0; sequence < 5; ++sequence)
    answer(sequence);
  EXPECT_TRUE(received.empty());
  EXPECT_EQ(run(), 1U);
  EXPECT_EQ(received, (std::vector<std::uint64_t>{0, 1, 2, 3, 4}));
  answer(5);
  EXPECT_EQ(run(), 1U);
  EXPECT_EQ(received.size(), 6U);
}

TEST_F(MailboxTest, receives_at_once_on_its_own_thread) {
  {
    const Mailbox::OwnThread own{*mailbox};
    answer(1);
    EXPECT_EQ(received.size(), 1U);
  }
  answer(2);
  EXPECT_EQ(received.size(), 1U);
  EXPECT_EQ(run(), 1U);
}

TEST_F(MailboxTest, waits_for_the_end_of_a_batch_to_wake) {
  {
    const WakeBatch batch;
    {
      const WakeBatch inner;
      answer(1);
    }
    answer(2);
    EXPECT_EQ(run(), 0U);
  }
  EXPECT_EQ(WakeBatch::current(), nullptr);
  EXPECT_EQ(run(), 1U);
  EXPECT_EQ(received.size(), 2U);
}

TEST_F(MailboxTest, drops_what_comes_after_it_was_closed) {
  {
    const WakeBatch batch;
    answer(1);
    mailbox->close();
  }
  answer(2);
  EXPECT_EQ(run(), 0U);
  EXPECT_TRUE(received.empty());
}

TEST_F(MailboxTest, loses_nothing_from_many_threads) {
  constexpr std::uint64_t each = 2000;
  std::atomic<int> running = 4;
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([&] {
      for (std::uint64_t sequence = 0; sequence < each; ++sequence) {
        const auto batch = sequence % 3 == 0 ? std::make_unique<WakeBatch>() : nullptr;
        answer(sequence);
      }
      --running;
    });
  }
  while (running > 0)
    run();
  for (auto& thread : threads)
    thread.join();
  run();
  EXPECT_EQ(received.size(), 4 * each);
}

}  // namespace
}  // namespace gatehouse::http
