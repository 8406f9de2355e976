#include "http/server.hpp"

#include <sys/socket.h>

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/http/server_fixture.hpp"

namespace gatehouse::http {
namespace {

using namespace std::chrono_literals;
using ServerTest = ServerFixture;

TEST_F(ServerTest, reports_the_port_that_the_system_chose) {
  serve(echo);
  EXPECT_NE(server->port(), 0);
  EXPECT_EQ(connect().get("/").status, 200U);
}

TEST_F(ServerTest, serves_on_all_its_threads) {
  std::mutex mutex;
  std::set<std::thread::id> threads;
  serve(
      [&](const Request&, Respond respond) {
        const std::lock_guard lock(mutex);
        threads.insert(std::this_thread::get_id());
        respond({});
      },
      {.threads = 3});
  std::vector<RawClient> clients;
  for (int client = 0; client < 60; ++client)
    clients.push_back(connect());
  for (auto& client : clients)
    EXPECT_EQ(client.get("/").status, 200U);
  EXPECT_EQ(threads.size(), 3U);
}

TEST_F(ServerTest, does_not_share_its_port_with_another_server) {
  serve(echo, {.threads = 2});
  Server second{{.port = server->port()}, echo};
  EXPECT_THROW(second.start(), std::exception);
}

TEST_F(ServerTest, takes_its_port_again_right_after_a_stop) {
  serve(echo);
  const auto port = server->port();
  EXPECT_EQ(connect().get("/").status, 200U);
  server.reset();
  serve(echo, {.port = port});
  EXPECT_EQ(connect().get("/").status, 200U);
}

TEST_F(ServerTest, refuses_to_start_where_it_cannot) {
  EXPECT_THROW((Server{{.address = "not an address"}, echo}.start()), std::exception);
  EXPECT_THROW((Server{{.address = "192.0.2.1"}, echo}.start()), std::exception);
  EXPECT_THROW((Server{{.tls = TlsFiles{"/nonexistent", "/nonexistent"}}, echo}.start()), std::exception);
}

TEST_F(ServerTest, answers_what_it_has_accepted_before_it_stops) {
  serve(held.handler(), {.threads = 2});
  std::vector<RawClient> clients;
  for (int client = 0; client < 10; ++client)
    clients.push_back(connect());
  for (auto& client : clients)
    client.send(get_a);
  ASSERT_TRUE(held.wait_for(clients.size()));
  auto idle = connect();
  ASSERT_TRUE(eventually([&] { return server->counters().connections_accepted == 11; }));

  server->stop();
  EXPECT_TRUE(idle.closed_by_server()) << "an idle connection need not be waited for";
  EXPECT_TRUE(eventually([&] { return !RawClient{}.connect(server->port()); })) << "nobody new comes in";
  for (std::size_t index = 0; index < clients.size(); ++index)
    held.answer(index, {.body = "kept"});
  for (auto& client : clients)
    EXPECT_EQ(client.receive_answer().body, "kept");
  for (auto& client : clients)
    EXPECT_TRUE(client.closed_by_server());
  server->wait();
  const auto counters = server->counters();
  EXPECT_EQ(counters.connections_closed, counters.connections_accepted);
}

TEST_F(ServerTest, finishes_a_request_that_is_under_way_when_it_stops) {
  serve(echo);
  auto client = connect();
  client.send("POST /late HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
  ASSERT_TRUE(eventually([&] { return server->counters().bytes_received > 0; }));
  server->stop();
  std::this_thread::sleep_for(50ms);
  client.send("cd");
  const auto answer = client.receive_answer();
  EXPECT_EQ(answer.body, "POST /late abcd");
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(ServerTest, cuts_what_is_left_after_the_stop_deadline) {
  serve(held.handler(), {.deadlines = {.stop = 300ms}});
  auto client = connect();
  client.send(get_a);
  ASSERT_TRUE(held.wait_for(1));
  const auto start = std::chrono::steady_clock::now();
  server->stop();
  server->wait();
  const auto lasted = std::chrono::steady_clock::now() - start;
  EXPECT_GE(lasted, 300ms);
  EXPECT_LT(lasted, 5s);
  EXPECT_TRUE(client.closed_by_server());
  held.answer(0, {.body = "too late"});
}

TEST_F(ServerTest, takes_answers_after_it_is_gone) {
  serve(held.handler(), {.deadlines = {.stop = 0ms}});
  auto client = connect();
  client.send(get_a);
  ASSERT_TRUE(held.wait_for(1));
  server.reset();
  std::thread([&] { held.answer(0, {.body = "nobody"}); }).join();
}

TEST_F(ServerTest, can_be_stopped_again_and_from_a_handler) {
  serve([&](const Request&, Respond respond) {
    server->stop();
    respond({.body = "bye"});
  });
  auto client = connect();
  EXPECT_EQ(client.get("/").body, "bye");
  EXPECT_TRUE(client.closed_by_server());
  server->stop();
  server->wait();
  server->stop();
}

// Clients that never pause while the server stops: every answer that comes is whole, and none is lost on a connection on
// which a request was handled.
TEST_F(ServerTest, loses_no_answer_under_load_when_it_stops) {
  std::atomic<std::uint64_t> handled = 0;
  serve(
      [&](const Request&, Respond respond) {
        ++handled;
        respond({.body = "0123456789"});
      },
      {.threads = 2});
  std::atomic<std::uint64_t> answered = 0;
  std::vector<std::thread> clients;
  for (int number = 0; number < 4; ++number) {
    clients.emplace_back([&] {
      auto client = connect();
      while (true) {
        const auto answer = client.get("/");
        if (answer.status == 0)
          return;
        EXPECT_EQ(answer.body, "0123456789");
        ++answered;
      }
    });
  }
  ASSERT_TRUE(eventually([&] { return answered > 200; }));
  server->stop();
  for (auto& client : clients)
    client.join();
  server->wait();
  EXPECT_EQ(answered, handled);
}

}  // namespace
}  // namespace gatehouse::http
