#include "cli/service_state.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gatehouse::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// A service manager's end of the socket, under a name as NOTIFY_SOCKET has it.
class Manager {
 public:
  explicit Manager(const std::string& name) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::ranges::copy(name, address.sun_path);
    if (name.front() == '@')
      address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), length), 0) << name;
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
  }
  ~Manager() {
    ::unsetenv("NOTIFY_SOCKET");
    ::close(socket_);
  }
  // A datagram is there as soon as it was sent.
  [[nodiscard]] std::string received() const {
    std::array<char, 256> bytes{};
    const auto size = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    return size < 0 ? std::string() : std::string(bytes.data(), static_cast<std::size_t>(size));
  }

 private:
  int socket_;
};

TEST(ServiceManager, is_told_that_the_server_serves_reloads_and_stops) {
  const auto path = std::filesystem::path(testing::TempDir()) / ("notify-" + std::to_string(::getpid()));
  const Manager manager(path.string());
  tell_serving();
  EXPECT_THAT(manager.received(), StartsWith("READY=1\nSTATUS="));
  tell_reloading();
  EXPECT_THAT(manager.received(), testing::MatchesRegex("RELOADING=1\nMONOTONIC_USEC=[0-9]+\nSTATUS=.*"));
  tell_stopping();
  EXPECT_THAT(manager.received(), StartsWith("STOPPING=1\n"));
  EXPECT_EQ(manager.received(), "");
  std::filesystem::remove(path);
}

TEST(ServiceManager, may_listen_on_an_abstract_socket) {
  const Manager manager("@gatehouse-test-" + std::to_string(::getpid()));
  EXPECT_TRUE(tell_service_manager("READY=1"));
  EXPECT_EQ(manager.received(), "READY=1");
}

TEST(ServiceManager, that_is_not_there_is_no_trouble) {
  ::unsetenv("NOTIFY_SOCKET");
  EXPECT_FALSE(tell_service_manager("READY=1"));
  for (const auto& name :
       {std::string("/nowhere/notify"), std::string("relative"), "/" + std::string(200, 'a'), std::string()}) {
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    EXPECT_FALSE(tell_service_manager("READY=1")) << name;
  }
  ::unsetenv("NOTIFY_SOCKET");
}

}  // namespace
}  // namespace gatehouse::cli
