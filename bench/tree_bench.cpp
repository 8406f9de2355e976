// tree_bench [--seconds N] [--folder DIR]: what the tree over the log costs whoever appends. Durable commands, 64 in flight, in windows with the tree growing beside
// them and without it in turn, so that whatever else moves on this machine moves both; the medians count.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <iostream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bench/company.hpp"
#include "bench/open_log.hpp"
#include "bench/report.hpp"
#include "bench/scratch_folder.hpp"
#include "transparency/log_signer.hpp"
#include "transparency/log_tree.hpp"

namespace gatehouse::bench {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t in_flight = 64;
constexpr std::size_t windows = 8;  // of each kind
constexpr double share_min = 0.85;

struct Settings {
  std::chrono::milliseconds window{2'000};
  std::filesystem::path folder = std::filesystem::temp_directory_path();
};

Settings read_arguments(int count, char** arguments) {
  Settings settings;
  for (int index = 1; index + 1 < count; index += 2) {
    const std::string name = arguments[index];
    const std::string value = arguments[index + 1];
    if (name == "--seconds")
      settings.window = std::chrono::milliseconds(1'000 * std::stoul(value) / (2 * windows));
    else if (name == "--folder")
      settings.folder = value;
    else
      throw std::runtime_error("usage: tree_bench [--seconds N] [--folder DIR]");
  }
  return settings;
}

// Keeps so many commands in flight; each answer sends the next one.
class Stream {
 public:
  explicit Stream(CommandService& commands) : commands_(commands) {}

  // Commands a second.
  double run(std::chrono::milliseconds duration) {
    done_ = 0;
    stopping_ = false;
    const auto started = SteadyClock::now();
    for (std::size_t number = 0; number < in_flight; ++number)
      send();
    std::this_thread::sleep_for(duration);
    stopping_ = true;
    const std::chrono::duration<double> elapsed = SteadyClock::now() - started;
    const auto done = done_.load();
    std::unique_lock lock(mutex_);
    drained_.wait(lock, [this] { return open_ == 0; });
    return static_cast<double>(done) / elapsed.count();
  }

 private:
  void send() {
    {
      const std::lock_guard lock(mutex_);
      ++open_;
    }
    auto command = Company::new_member("m" + std::to_string(next_++));
    commands_.submit(Company::by_directory(company_account, {std::move(command)}), [this](const Outcome& outcome) {
      if (!std::holds_alternative<Committed>(outcome))
        std::abort();
      ++done_;
      if (!stopping_)
        send();
      const std::lock_guard lock(mutex_);
      if (--open_ == 0)
        drained_.notify_all();
    });
  }

  CommandService& commands_;
  std::atomic<std::uint64_t> next_{}, done_{};
  std::atomic<bool> stopping_{};
  std::mutex mutex_;
  std::condition_variable drained_;
  std::size_t open_{};
};

Timestamp wall_clock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

int run(const Settings& settings) {
  const ScratchFolder folder(settings.folder, "tree-bench");
  const auto log = open_log(folder.path());
  Company(*log).open();
  SystemIds ids;
  const MacConfirmationTokens confirmations([](std::string_view message) { return std::string(message); });
  CommandService commands(*log, ids, confirmations, wall_clock);
  commands.start();
  const auto signer = transparency::make_log_signer("bench.example/log", identity::SigningKey::generate());
  Stream stream(commands);
  stream.run(settings.window);  // so that nothing is new
  std::array<std::vector<double>, 2> rates;
  for (std::size_t window = 0; window < 2 * windows; ++window) {
    const bool with_tree = window % 2 == 1;
    transparency::LogTree tree({*log, *log->projections(), commands, signer}, {});
    if (with_tree) {
      if (const auto started = tree.start(); !started)
        throw std::runtime_error(started.error());
      while (tree.size() < log->head().value)  // what the window before left is not this one's
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    rates[with_tree ? 1 : 0].push_back(stream.run(settings.window));
  }
  commands.stop();
  Report report("The tree over the log");
  report.row({.name = "durable commands, 64 in flight, beside the tree",
              .value = median(rates[1]),
              .unit = Unit::per_second,
              .against = "without the tree",
              .reference = median(rates[0]),
              .bar = Bar::at_least,
              .bar_value = share_min * median(rates[0])});
  report.note(std::to_string(log->head().value) + " events, " + std::to_string(windows) + " windows of each kind");
  return report.finish();
}

}  // namespace

}  // namespace gatehouse::bench

int main(int count, char** arguments) try {
  return gatehouse::bench::run(gatehouse::bench::read_arguments(count, arguments));
} catch (const std::exception& error) {
  std::cerr << "tree_bench: " << error.what() << "\n";
  return 1;
}
