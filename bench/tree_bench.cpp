// tree_bench [--seconds N] [--folder DIR]: what the tree over the log costs whoever appends. Durable commands, 64 in flight, in windows with the tree growing beside
// them and without it in turn, so that whatever else moves on this machine moves both; the medians count.
#include <array>
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bench/command_stream.hpp"
#include "bench/company.hpp"
#include "bench/open_log.hpp"
#include "bench/report.hpp"
#include "bench/scratch_folder.hpp"
#include "transparency/log_signer.hpp"
#include "transparency/log_tree.hpp"

namespace gatehouse::bench {

namespace {

constexpr double share_min = 0.85;

int run(const WindowSettings& settings) {
  const ScratchFolder folder(settings.folder, "tree-bench");
  const auto log = open_log(folder.path());
  Company(*log).open();
  SystemIds ids;
  const MacConfirmationTokens confirmations([](std::string_view message) { return std::string(message); });
  CommandService commands(*log, ids, confirmations, wall_clock);
  commands.start();
  const auto signer = transparency::make_log_signer("bench.example/log", identity::SigningKey::generate());
  CommandStream stream(commands, [](std::uint64_t number) {
    return Company::by_directory(company_account, {Company::new_member("m" + std::to_string(number))});
  });
  stream.run(settings.window);  // so that nothing is new
  std::array<std::vector<double>, 2> rates;
  for (std::size_t window = 0; window < 2 * compared_windows; ++window) {
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
  report.note(std::to_string(log->head().value) + " events, " + std::to_string(compared_windows) +
              " windows of each kind");
  return report.finish();
}

}  // namespace

}  // namespace gatehouse::bench

int main(int count, char** arguments) try {
  return gatehouse::bench::run(
      gatehouse::bench::read_window_arguments(2 * gatehouse::bench::compared_windows, count, arguments));
} catch (const std::exception& error) {
  std::cerr << "tree_bench: " << error.what() << "\n";
  return 1;
}
