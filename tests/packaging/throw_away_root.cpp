#include "tests/packaging/throw_away_root.hpp"

#include <signal.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace gatehouse::packaging_test {

namespace {

// /proc as the unit has it: no process of others, and nothing but processes.
constexpr auto make_root = R"(set -eu
mount --make-rprivate /
mount -t tmpfs -o size=512m,mode=0755 tmpfs "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" overlay "$1/root"
mount -t proc -o subset=pid,hidepid=invisible proc "$1/root/proc"
mount --rbind /dev "$1/root/dev"
mount -t tmpfs -o mode=0755 tmpfs "$1/root/run"
mount -t tmpfs -o mode=1777 tmpfs "$1/root/tmp"
# Else every installation would index all the manual pages of the machine.
rm -f "$1/root/var/lib/man-db/auto-update"
ip link set lo up
echo made
exec sleep infinity
)";

}  // namespace

ThrowAwayRoot::ThrowAwayRoot() {
  constexpr std::chrono::seconds patience{30};
  const auto output = scratch_.path() / "output";
  const auto folder = scratch_.path() / "mount";
  std::filesystem::create_directory(folder);
  holder_ = system_test::start_program(
      {"/usr/bin/unshare", "--mount", "--net", "/bin/sh", "-c", make_root, "make-root", folder.string()}, output);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!system_test::read_text(output).ends_with("made\n")) {
    if (std::chrono::steady_clock::now() > deadline || ::kill(holder_, 0) != 0)
      throw std::runtime_error("no throw-away root: " + system_test::read_text(output));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

ThrowAwayRoot::~ThrowAwayRoot() {
  ::kill(holder_, SIGKILL);
  static_cast<void>(system_test::wait_for_program(holder_));
}

std::filesystem::path ThrowAwayRoot::outside(const std::string& path) const {
  return "/proc/" + std::to_string(holder_) + "/root" + (scratch_.path() / "mount/root").string() + path;
}

void ThrowAwayRoot::bring(const std::filesystem::path& file, const std::string& path) const {
  std::filesystem::copy_file(file, outside(path));
}

std::vector<std::string> ThrowAwayRoot::command(const std::string& script) const {
  const auto root = (scratch_.path() / "mount/root").string();
  return {
      "/usr/bin/nsenter", "--mount", "--root",   "--net", "--target", std::to_string(holder_), "/usr/sbin/chroot", root,
      "/bin/bash",        "-euo",    "pipefail", "-c",    script};
}

system_test::Finished ThrowAwayRoot::run(const std::string& script) const {
  return system_test::run_program(command(script));
}

pid_t ThrowAwayRoot::start(const std::string& script, const std::filesystem::path& output) const {
  return system_test::start_program(command(script), output);
}

}  // namespace gatehouse::packaging_test
