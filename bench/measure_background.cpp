// What the server's own work costs those who use it meanwhile: the p99 of commands beside a rebuild of all read models, a backup, a scrub, in windows with and without it in turn.
#include <algorithm>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <vector>

#include "bench/company.hpp"
#include "bench/http_measures.hpp"

namespace gatehouse::bench {

namespace {

constexpr std::size_t windows = 5;  // of each kind
constexpr std::size_t connections = 16;
constexpr double p99_ratio_max = 1.5;
constexpr std::uint64_t members_per_window = 1'000'000'000;
constexpr std::chrono::milliseconds between_looks{20};
constexpr std::chrono::minutes patience{10};

struct Work {
  std::string name;
  std::string begin;    // POSTed; 409 says that it runs already
  std::string look_at;  // the answer contains `running` while it runs
  std::string running;
  std::vector<std::string> cancel;  // DELETEd at the window's end, since it may take long
};

HttpAnswer send(const Subject& subject, const std::string& method, const std::string& path) {
  return ask(subject.server.port(), method + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
                                        subject.tokens.operations + "\r\nContent-Length: 0\r\n\r\n");
}

bool runs(const Subject& subject, const Work& work) {
  return send(subject, "GET", work.look_at).body.find(work.running) != std::string::npos;
}

void begin(const Subject& subject, const Work& work) {
  const auto answer = send(subject, "POST", work.begin);
  if (answer.status != 202 && answer.status != 409)
    throw std::runtime_error(work.begin + " answered " + std::to_string(answer.status) + ": " + answer.body);
}

void end(const Subject& subject, const Work& work) {
  for (const auto& path : work.cancel)
    (void)send(subject, "DELETE", path);  // 409 where it has ended
  for (const auto until = std::chrono::steady_clock::now() + patience; runs(subject, work);) {
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error(work.name + " does not end");
    std::this_thread::sleep_for(between_looks);
  }
}

double command_p99(const Subject& subject, std::uint64_t first) {
  LoadPlan plan{.port = subject.server.port(), .connections = connections, .duration = subject.duration};
  plan.request = [&](std::size_t, std::uint64_t sequence) {
    return new_member_request(company_account.value, subject.tokens.company_directory, first + sequence);
  };
  return run_accepted_load(plan).latencies.percentile_ms(99);
}

// The same while it runs; begun again as often as it ends.
double p99_beside(const Subject& subject, const Work& work, std::uint64_t first) {
  begin(subject, work);
  double p99 = 0;
  {
    const std::jthread again([&](const std::stop_token& stop) {
      for (; !stop.stop_requested(); std::this_thread::sleep_for(between_looks)) {
        if (!runs(subject, work))
          begin(subject, work);
      }
    });
    p99 = command_p99(subject, first);
  }
  end(subject, work);
  return p99;
}

}  // namespace

void measure_background(const Subject& subject) {
  const std::vector<Work> works{{"a rebuild of all read models",
                                 "/v1/ops/rebuild",
                                 "/v1/ops/projections",
                                 "\"rebuild\":{",
                                 {"/v1/ops/projections/catalogue/rebuild", "/v1/ops/projections/inbox/rebuild",
                                  "/v1/ops/projections/requests/rebuild", "/v1/ops/projections/approvals/rebuild",
                                  "/v1/ops/projections/audit/rebuild", "/v1/ops/projections/outbound/rebuild",
                                  "/v1/ops/projections/webhooks/rebuild", "/v1/ops/projections/past/rebuild"}},
                                {"a backup", "/v1/ops/backups", "/v1/ops/backups", "\"running\":true", {}},
                                {"a scrub", "/v1/ops/scrub", "/v1/ops/scrub", "\"running\":true", {}}};
  std::uint64_t first = 200'000'000'000;
  subject.report.section("Commands, 16 connections, while the server works for itself: p99, medians of " +
                         std::to_string(windows) + " windows");
  for (const auto& work : works) {
    std::vector<double> alone, beside;
    for (std::size_t window = 0; window < windows; ++window) {
      alone.push_back(command_p99(subject, first += members_per_window));
      beside.push_back(p99_beside(subject, work, first += members_per_window));
    }
    subject.report.row({.name = "beside " + work.name,
                        .value = median(beside),
                        .unit = Unit::milliseconds,
                        .against = "without it",
                        .reference = median(alone),
                        .bar = Bar::at_most,
                        .bar_value = p99_ratio_max * median(alone)});
  }
}

}  // namespace gatehouse::bench
