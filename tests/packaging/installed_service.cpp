#include "tests/packaging/installed_service.hpp"

#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace gatehouse::packaging_test {

namespace {

constexpr time_t patience_seconds = 30;

}  // namespace

InstalledService::InstalledService(const ThrowAwayRoot& root)
    : root_(root), socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto path = root.outside("/run/notify").string();
  if (path.size() >= sizeof(address.sun_path))
    throw std::runtime_error(path + " is too long for a socket");
  std::ranges::copy(path, address.sun_path);
  const timeval patience{patience_seconds, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      ::chmod(path.c_str(), 0666) != 0)
    throw std::runtime_error("no socket " + path);
}

InstalledService::~InstalledService() {
  if (pid_ != 0) {
    signal(SIGKILL);
    static_cast<void>(wait_for_end());
  }
  ::close(socket_);
  std::filesystem::remove(root_.outside("/run/notify"));
}

std::string InstalledService::in_unit(const std::string& setting) const {
  std::istringstream lines(system_test::read_text(root_.outside("/lib/systemd/system/gatehouse.service")));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(setting + "="))
      return line.substr(setting.size() + 1);
  }
  throw std::runtime_error("the unit has no " + setting);
}

// ProtectSystem=strict, StateDirectory= and PrivateTmp= by hand; then what User=, NoNewPrivileges= and CapabilityBoundingSet= do.
void InstalledService::start() {
  const auto state = "/var/lib/" + in_unit("StateDirectory");
  const auto inside = "mount --bind " + state + " " + state +
                      "\nmount -t tmpfs -o mode=1777 tmpfs /tmp\nmount -o remount,bind,ro /\ncd " +
                      in_unit("WorkingDirectory") + "\numask " + in_unit("UMask") +
                      "\nexport NOTIFY_SOCKET=/run/notify\n" + "exec setpriv --reuid " + in_unit("User") + " --regid " +
                      in_unit("Group") +
                      " --init-groups --no-new-privs --bounding-set=-all --inh-caps=-all --pdeathsig KILL -- " +
                      in_unit("ExecStart") + "\n";
  pid_ = root_.start("exec unshare --mount /bin/bash -euc '" + inside + "'", scratch_.path() / "output");
}

void InstalledService::signal(int number) const { ::kill(pid_, number); }

int InstalledService::wait_for_end() { return system_test::wait_for_program(std::exchange(pid_, 0)); }

std::string InstalledService::told() const {
  std::array<char, 512> bytes{};
  const auto size = ::recv(socket_, bytes.data(), bytes.size(), 0);
  return size < 0 ? std::string() : std::string(bytes.data(), static_cast<std::size_t>(size));
}

}  // namespace gatehouse::packaging_test
