// What one connection may write before others have their turn.
#include "http/outbox.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <gmock/gmock.h>

namespace gatehouse::http {
namespace {

using testing::Each;
using testing::Le;

// Takes whatever it is given, as a socket whose reader has much room.
class Taker final : public Transport {
 public:
  explicit Taker(Executor executor) : executor_(executor) {}

  Task<bool> open() override { co_return true; }
  Task<IoResult> read_some(std::span<char>) override { co_return IoResult{.status = IoStatus::ended}; }
  Task<IoResult> write_some(std::string_view bytes) override {
    co_await boost::asio::post(executor_, boost::asio::use_awaitable_t<Executor>{});
    co_return try_write(bytes);
  }
  IoResult try_write(std::string_view bytes) override {
    writes.push_back(bytes.size());
    taken += bytes;
    return {.bytes = bytes.size()};
  }
  Task<void> finish() override { co_return; }
  void stop_reading() noexcept override {}
  void close() noexcept override {}

  std::string taken;
  std::vector<std::size_t> writes;

 private:
  Executor executor_;
};

struct OutboxTest : testing::Test {
  Options options;
  Handler handler;
  BodyBudget bodies{1U << 20U};
  ThreadContext context{options, handler, bodies};
  boost::asio::io_context io;
  Taker taker{io.get_executor()};
  Outbox outbox{context, taker};
};

TEST_F(OutboxTest, writes_small_answers_at_once) {
  for (int number = 0; number < 10; ++number)
    outbox.answer(outbox.open({}), {.body = std::string("small")});
  EXPECT_FALSE(outbox.send());
  EXPECT_EQ(taker.writes.size(), 1U);
  EXPECT_TRUE(outbox.finished());
}

TEST_F(OutboxTest, leaves_the_thread_to_others_after_each_turn_although_the_socket_takes_more) {
  const auto body = std::make_shared<const std::string>(std::string(300'000, '~'));
  for (int number = 0; number < 32; ++number)
    outbox.answer(outbox.open({}), {.body = body});
  ASSERT_TRUE(outbox.send()) << "a rest is left";
  EXPECT_EQ(taker.taken.size(), Outbox::turn_bytes);

  int turns_of_others = 0;
  bool done = false;
  const std::function<void()> other = [&] {
    ++turns_of_others;
    if (!done)
      boost::asio::post(io, other);
  };
  boost::asio::post(io, other);
  auto drain = [&]() -> Task<void> {
    co_await outbox.drain();
    done = true;
  };
  boost::asio::co_spawn(io, drain(), boost::asio::detached);
  io.run();
  EXPECT_TRUE(outbox.finished());
  EXPECT_EQ(std::ranges::count(taker.taken, '~'), 32 * 300'000);
  EXPECT_THAT(taker.writes, Each(Le(Outbox::turn_bytes)));
  EXPECT_GE(turns_of_others, static_cast<int>(32 * 300'000 / Outbox::turn_bytes));
}

}  // namespace
}  // namespace gatehouse::http
