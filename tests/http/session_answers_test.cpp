// How the answers of one connection leave: whole, in order, and no more of them waiting than the limit says.
#include <atomic>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "tests/http/server_fixture.hpp"

namespace gatehouse::http {
namespace {

using SessionAnswers = ServerFixture;

TEST_F(SessionAnswers, sends_answers_of_every_size_in_order) {
  std::atomic<std::size_t> asked = 0;
  serve([&](const Request&, Respond respond) {
    const auto number = asked++;
    respond({.body = std::string(number % 5 * 9'000 + number, static_cast<char>('a' + number % 26))});
  });
  auto client = connect();
  std::string burst;
  for (int number = 0; number < 200; ++number)
    burst += get_a;
  client.send(burst);
  for (std::size_t number = 0; number < 200; ++number)
    ASSERT_EQ(client.receive_answer().body,
              std::string(number % 5 * 9'000 + number, static_cast<char>('a' + number % 26)));
}

TEST_F(SessionAnswers, takes_no_further_request_while_so_much_is_unsent) {
  constexpr std::size_t body_bytes = 8'000'000;  // more than sockets hold
  std::atomic<std::size_t> asked = 0;
  serve(
      [&](const Request&, Respond respond) {
        ++asked;
        respond({.body = std::string(body_bytes, 'y')});
      },
      {.limits = {.unsent_bytes = 2 * body_bytes}});
  auto client = connect();
  std::string burst;
  for (int number = 0; number < 20; ++number)
    burst += get_a;
  client.send(burst);
  ASSERT_TRUE(eventually([&] { return asked >= 3; }));
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  EXPECT_LE(asked, 4U);
  for (int number = 0; number < 20; ++number)
    ASSERT_EQ(client.receive_answer().body.size(), body_bytes);
}

}  // namespace
}  // namespace gatehouse::http
