#include "http/listener.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <thread>

#include <boost/system/error_code.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/http/server_fixture.hpp"

namespace gatehouse::http {
namespace {

using namespace std::chrono_literals;
using ListenerTest = ServerFixture;

// Until it goes, no descriptor can be opened in this process but one that is given back first.
class NoMoreDescriptors {
 public:
  NoMoreDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int lowest_free = ::dup(0);
    ::close(lowest_free);
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(lowest_free);
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  NoMoreDescriptors(const NoMoreDescriptors&) = delete;
  NoMoreDescriptors& operator=(const NoMoreDescriptors&) = delete;
  ~NoMoreDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

std::chrono::microseconds cpu_time() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return std::chrono::seconds{usage.ru_utime.tv_sec + usage.ru_stime.tv_sec} +
         std::chrono::microseconds{usage.ru_utime.tv_usec + usage.ru_stime.tv_usec};
}

TEST_F(ListenerTest, sheds_clients_and_keeps_calm_when_no_descriptor_is_left) {
  std::atomic<int> reports = 0;
  Options options;
  options.report = [&](std::string_view) { ++reports; };
  serve(echo, std::move(options));
  auto served = connect();
  ASSERT_EQ(served.get("/").status, 200U);
  // UndefinedBehaviorSanitizer needs descriptors when it meets a class for the first time.
  EXPECT_FALSE(boost::system::error_code(EMFILE, boost::system::system_category()).message().empty());
  std::vector<RawClient> clients(5);
  {
    const NoMoreDescriptors none;
    for (auto& client : clients)
      ASSERT_TRUE(client.connect(server->port()));
    for (auto& client : clients)
      EXPECT_TRUE(client.closed_by_server()) << "rather closed than left waiting";
    EXPECT_EQ(served.get("/").status, 200U) << "those within are served on";
    EXPECT_EQ(server->counters().connections_shed, clients.size());

    const auto before = cpu_time();
    std::this_thread::sleep_for(500ms);
    EXPECT_LT(cpu_time() - before, 100ms) << "an accept loop is spinning";
  }
  EXPECT_EQ(reports, 1) << "one report for one spell of trouble";
  EXPECT_TRUE(eventually([&] { return connect().get("/").status == 200; }));
}

TEST_F(ListenerTest, serves_clients_that_wait_in_the_queue_when_it_stops) {
  std::atomic<bool> entered = false;
  std::atomic<bool> leave = false;
  serve([&](const Request&, Respond respond) {
    entered = true;
    while (!leave)
      std::this_thread::sleep_for(1ms);
    respond({.body = "served"});
  });
  auto first = connect();
  first.send(get_a);
  ASSERT_TRUE(eventually([&] { return entered.load(); }));
  auto queued = connect();  // the only I/O thread is busy: the kernel alone has accepted this one
  queued.send(get_a);
  server->stop();
  leave = true;
  EXPECT_EQ(first.receive_answer().body, "served");
  EXPECT_EQ(queued.receive_answer().body, "served");
}

}  // namespace
}  // namespace gatehouse::http
