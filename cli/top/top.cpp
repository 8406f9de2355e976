#include "cli/top/top.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <thread>

#include "cli/configuration.hpp"
#include "cli/running_server.hpp"
#include "cli/token.hpp"
#include "cli/top/terminal.hpp"
#include "cli/top/watch.hpp"

namespace gatehouse::cli {

namespace {

using top::Known;

constexpr int redraw_ms = 1'000;  // how long ago the last answer was, also while there is no news

std::string default_url() {
  const Address address;
  return "http://" + address.host + ":" + std::to_string(address.port);
}

top::Server server_of(const TopFlags& flags) {
  if (flags.url.empty() && flags.data != TopFlags{}.data && !std::filesystem::exists(flags.data))
    throw std::runtime_error("there is no data in " + flags.data + "; --url names a server elsewhere");
  auto url = flags.url.empty() ? read_server_url(flags.data).value_or(default_url()) : flags.url;
  while (url.ends_with('/'))
    url.pop_back();
  return {.url = std::move(url), .make_token = [data = flags.data] {
            return mint_token({.data = data, .user = "operator", .account = std::nullopt, .scope = "ops", .ttl = "1h"});
          }};
}

std::chrono::milliseconds interval_of(const TopFlags& flags) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::duration<double>(flags.interval_seconds));
}

// Two looks, since what happens in a second cannot be seen in one.
int show_once(const TopFlags& flags) {
  const std::atomic<bool> cancelled = false;
  auto server = server_of(flags);
  Known known{.url = server.url, .fault = {}, .now = {}, .before = {}};
  top::Looker looker(std::move(server), cancelled);
  known.take(looker.look());
  if (known.fault.empty()) {
    std::this_thread::sleep_for(interval_of(flags));
    known.take(looker.look());
  }
  if (!known.fault.empty()) {
    std::cerr << "gatehouse: " << known.url << ": " << known.fault << "\n";
    return 1;
  }
  for (const auto& line : top::make_frame(known, std::nullopt))
    std::cout << line.text << "\n";
  std::cout << std::flush;
  return 0;
}

// Signals as something to wait for, beside keys and news. Blocked before the watch's thread starts, which inherits that.
class Signals {
 public:
  Signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP})
      sigaddset(&set, number);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    signal(SIGPIPE, SIG_IGN);
    descriptor_ = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (descriptor_ < 0)
      throw std::runtime_error("no signal descriptor");
  }
  ~Signals() { ::close(descriptor_); }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  // 0: none.
  [[nodiscard]] int take() const {
    signalfd_siginfo signal{};
    return ::read(descriptor_, &signal, sizeof signal) == sizeof signal ? static_cast<int>(signal.ssi_signo) : 0;
  }

 private:
  int descriptor_;
};

class Screen {
 public:
  explicit Screen(const TopFlags& flags) : known_{.url = server_of(flags).url, .fault = {}, .now = {}, .before = {}} {}

  void run(const Signals& signals, top::Watch& watch) {
    terminal_.enter();
    std::array<pollfd, 3> waited{
        {{signals.descriptor(), POLLIN, 0}, {watch.descriptor(), POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}}};
    while (!over_ && terminal_.show(top::make_frame(known_, terminal_.size()))) {
      if (::poll(waited.data(), waited.size(), redraw_ms) < 0)
        continue;
      for (int number = signals.take(); number != 0; number = signals.take())
        heed(number);
      if (auto look = watch.take())
        known_.take(std::move(*look));
      if (waited[2].revents != 0 && !read_keys())
        waited[2].fd = -1;
    }
    terminal_.leave();
  }

 private:
  void heed(int signal) {
    if (signal == SIGWINCH)
      return;  // whatever woke us, the frame is made for the size of now
    if (signal != SIGTSTP) {
      over_ = true;
      return;
    }
    terminal_.leave();
    ::raise(SIGSTOP);
    terminal_.enter();
  }

  // False when there is nobody to press any.
  bool read_keys() {
    std::array<char, 64> keys{};
    const auto count = ::read(STDIN_FILENO, keys.data(), keys.size());
    for (ssize_t index = 0; index < count; ++index) {
      const char key = keys[static_cast<std::size_t>(index)];
      over_ = over_ || key == 'q' || key == 'Q';
    }
    return count > 0;
  }

  Known known_;
  top::Terminal terminal_;
  bool over_ = false;
};

}  // namespace

int run_top(const TopFlags& flags) {
  if (flags.once || !top::Terminal::is_there())
    return show_once(flags);
  const Signals signals;
  top::Watch watch(server_of(flags), interval_of(flags));
  Screen(flags).run(signals, watch);
  return 0;
}

}  // namespace gatehouse::cli
