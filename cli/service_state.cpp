#include "cli/service_state.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string>

namespace gatehouse::cli {

namespace {

// A name that begins with @ is an abstract one, which begins with a zero byte. 0: no name that a socket can have.
socklen_t fill(sockaddr_un& address, std::string_view name) {
  const bool is_name = name.size() > 1 && (name.front() == '/' || name.front() == '@');
  if (!is_name || name.size() >= sizeof(address.sun_path))
    return 0;
  address.sun_family = AF_UNIX;
  std::ranges::copy(name, address.sun_path);
  if (name.front() == '@')
    address.sun_path[0] = '\0';
  return static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
}

std::string monotonic_us() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::to_string(now.tv_sec * 1'000'000 + now.tv_nsec / 1'000);
}

}  // namespace

bool tell_service_manager(std::string_view state) {
  const char* name = std::getenv("NOTIFY_SOCKET");
  sockaddr_un address{};
  const auto length = name == nullptr ? socklen_t{} : fill(address, name);
  if (length == 0)
    return false;
  const int number = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (number < 0)
    return false;
  const auto sent = ::sendto(number, state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                             reinterpret_cast<const sockaddr*>(&address), length);
  ::close(number);
  return sent == static_cast<ssize_t>(state.size());
}

void tell_serving() { tell_service_manager("READY=1\nSTATUS=Serving"); }

// Newer managers want the moment, to tell this reload's end from an earlier one's.
void tell_reloading() {
  tell_service_manager("RELOADING=1\nMONOTONIC_USEC=" + monotonic_us() + "\nSTATUS=Reading the issuers' keys again");
}

void tell_stopping() { tell_service_manager("STOPPING=1\nSTATUS=Answering what was accepted"); }

}  // namespace gatehouse::cli
