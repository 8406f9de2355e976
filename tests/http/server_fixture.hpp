// A server on a port of its own for each test, and a handler whose answers the test gives itself if it wants to.
#pragma once

#include <optional>
#include <utility>

#include <gtest/gtest.h>

#include "http/server.hpp"
#include "tests/http/held_answers.hpp"
#include "tests/http/raw_client.hpp"

namespace gatehouse::http {

inline const std::string get_a = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";

struct ServerFixture : testing::Test {
  void TearDown() override {
    held.let_go();
    server.reset();
  }

  void serve(Handler handler, Options options = {}) {
    server.emplace(std::move(options), std::move(handler));
    server->start();
  }

  RawClient connect() { return RawClient{server->port()}; }

  std::size_t refusals(RefusalKind kind) { return server->counters().refusals.at(static_cast<std::size_t>(kind)); }

  HeldAnswers held;
  std::optional<Server> server;
};

}  // namespace gatehouse::http
