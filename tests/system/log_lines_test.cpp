// What a running server writes to its log: by its level, which can be changed, and for each request with its trace.
#include <signal.h>

#include <boost/json/parse.hpp>
#include <chrono>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>
#include <thread>

#include "tests/system/api_client.hpp"
#include "tests/system/server_process.hpp"

namespace gatehouse::system_test {
namespace {

namespace json = boost::json;

constexpr std::string_view trace = "0af7651916cd43dd8448eb211c80319c";

class LogLines : public ::testing::Test {
 protected:
  LogLines() { std::ofstream(config_file()) << "[log]\nformat = \"json\"\naccess = true\nlevel = \"warning\"\n"; }

  [[nodiscard]] std::filesystem::path config_file() const { return folder_.path() / "gatehouse.toml"; }
  // Those of the log; what the program prints besides is no JSON.
  [[nodiscard]] std::vector<json::object> lines() const {
    std::vector<json::object> found;
    std::istringstream output(server_.output());
    for (std::string line; std::getline(output, line);) {
      boost::system::error_code error;
      auto value = json::parse(line, error);
      if (!error && value.is_object())
        found.push_back(value.as_object());
    }
    return found;
  }
  // Waits until there are so many of them, and gives the last.
  [[nodiscard]] json::object wait_for(std::string_view event, std::size_t count) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < deadline) {
      auto all = lines();
      std::erase_if(all, [&](const auto& line) { return line.at("event") != json::string_view(event); });
      if (all.size() >= count)
        return all.back();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "no " << event << " in\n" << server_.output();
    return {};
  }
  void ask(std::string_view path) const {
    http::RawClient client(server_.port());
    ASSERT_TRUE(
        client.send("GET " + std::string(path) +
                    " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer nobody-may-read-this\r\ntraceparent: 00-" +
                    std::string(trace) + "-b7ad6b7169203331-01\r\n\r\n"));
    client.receive_answer();
  }

  const ScratchFolder folder_;
  ServerProcess server_{folder_.path() / "data", {"--config", config_file().string()}};
};

TEST_F(LogLines, follow_the_level_that_a_signal_or_an_operator_sets) {
  server_.start();
  ask("/v1/accounts/acme/apps?q=a-private-word");
  EXPECT_THAT(lines(), testing::IsEmpty()) << "nothing below a warning";

  ASSERT_EQ(::kill(server_.process(), SIGUSR1), 0);
  const auto changed = wait_for("log level changed", 1);
  EXPECT_EQ(changed.at("to"), "debug");
  EXPECT_EQ(std::string(changed.at("by").as_string()),
            "SIGUSR1 of process " + std::to_string(::getpid()) + ", user " + std::to_string(::getuid()));
  ask("/v1/accounts/acme/apps?q=a-private-word");
  const auto line = wait_for("request", 1);
  EXPECT_EQ(line.at("trace_id"), json::string_view(trace));
  EXPECT_EQ(line.at("parent_id"), "b7ad6b7169203331");
  EXPECT_EQ(line.at("span_id").as_string().size(), 16U);
  EXPECT_EQ(line.at("status"), 401);
  ask("/livez");
  EXPECT_EQ(wait_for("request", 2).at("level"), "debug") << "at which probes have lines, too";

  ASSERT_EQ(::kill(server_.process(), SIGUSR1), 0);
  EXPECT_EQ(wait_for("log level changed", 2).at("to"), "warning");
  const auto ops = server_.token("", "oscar", "ops");
  const auto answer = ApiClient(server_.port()).put(ops, "/v1/ops/log-level", R"({"level":"debug","for_seconds":1})");
  EXPECT_EQ(answer.status, 200U) << answer.body;
  EXPECT_EQ(wait_for("log level changed", 3).at("by"), "oscar");
  EXPECT_EQ(wait_for("log level changed", 4).at("to"), "warning") << "by itself";
  EXPECT_EQ(server_.stop(), 0);
  for (const auto* secret : {"private", "nobody-may", ops.c_str()})
    EXPECT_THAT(server_.output(), testing::Not(testing::HasSubstr(secret)));
}

}  // namespace
}  // namespace gatehouse::system_test
