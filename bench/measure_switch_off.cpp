#include <algorithm>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include "bench/company.hpp"
#include "bench/http_measures.hpp"

namespace gatehouse::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t neighbour_connections = 16;
constexpr double answer_ms_max = 50;
constexpr double p99_ratio_max = 1.25;  // what counts as unmoved
constexpr std::chrono::milliseconds pause{100};
constexpr std::size_t windows = 5;                           // of each kind
constexpr std::uint64_t members_per_window = 1'000'000'000;  // numbers set aside for the members that one window adds

LoadPlan neighbour_load(const Subject& subject, std::uint64_t first_member) {
  LoadPlan plan{.port = subject.server.port(), .connections = neighbour_connections, .duration = subject.duration};
  plan.request = [&subject, first_member](std::size_t, std::uint64_t sequence) {
    return new_member_request(neighbour_account.value, subject.tokens.neighbour_directory, first_member + sequence);
  };
  return plan;
}

HttpAnswer command(const Subject& subject, const std::string& members) {
  return ask(subject.server.port(), post_request("/v1/accounts/" + company_account.value + "/commands",
                                                 subject.tokens.company_owner, "{" + members + "}"));
}

void expect(const HttpAnswer& answer, unsigned status) {
  if (answer.status != status)
    throw std::runtime_error("status " + std::to_string(answer.status) + ": " + answer.body);
}

std::string text_member(const std::string& body, const std::string& name) {
  const auto mark = "\"" + name + "\":\"";
  const auto start = body.find(mark);
  if (start == std::string::npos)
    throw std::runtime_error("the answer has no " + name + ": " + body);
  return body.substr(start + mark.size(), body.find('"', start + mark.size()) - start - mark.size());
}

// From sending the confirmed command to its answer.
std::chrono::nanoseconds switch_off(const Subject& subject) {
  const auto members = R"("type":"DisablePreApproval","app_id":")" + installed_app().value + "\"";
  const auto asked = command(subject, members);
  expect(asked, 409);
  const auto confirmation = text_member(asked.body, "confirmation_token");
  const auto start = Clock::now();
  const auto answer = command(subject, members + R"(,"confirmation":")" + confirmation + "\"");
  const auto time = Clock::now() - start;
  expect(answer, 200);
  return time;
}

void switch_on(const Subject& subject) {
  expect(command(subject,
                 R"("type":"GrantPreApproval","app_id":")" + installed_app().value + R"(","audience":"everyone")"),
         200);
}

// The neighbour's p99 in one window, while `beside` runs in this thread.
template <class Beside>
double neighbour_p99_ms(const Subject& subject, std::uint64_t first_member, const Beside& beside) {
  auto load = std::async(std::launch::async, [&] { return run_accepted_load(neighbour_load(subject, first_member)); });
  beside();
  return load.get().latencies.percentile_ms(99);
}

}  // namespace

void measure_switch_off(const Subject& subject, std::size_t installations) {
  Latencies switches;
  std::vector<double> alone, meanwhile;
  std::uint64_t first_member = 0;
  // In turn, so that whatever else moves on this machine moves both.
  for (std::size_t window = 0; window < windows; ++window) {
    alone.push_back(neighbour_p99_ms(subject, first_member += members_per_window, [] {}));
    meanwhile.push_back(neighbour_p99_ms(subject, first_member += members_per_window, [&] {
      for (const auto end = Clock::now() + subject.duration; Clock::now() < end;) {
        switches.add(switch_off(subject));
        std::this_thread::sleep_for(pause);
        switch_on(subject);
      }
    }));
  }
  auto& report = subject.report;
  report.section("Switching off an app that " + std::to_string(installations) + " members have, " +
                 std::to_string(switches.count()) + " times, beside 16 connections of another account");
  report.row(
      {.name = "DisablePreApproval answered, median", .value = switches.percentile_ms(50), .unit = Unit::milliseconds});
  report.row({.name = "DisablePreApproval answered, slowest",
              .value = switches.percentile_ms(100),
              .unit = Unit::milliseconds,
              .bar = Bar::at_most,
              .bar_value = answer_ms_max});
  report.row({.name = "the other account's p99 meanwhile, median of " + std::to_string(windows),
              .value = median(meanwhile),
              .unit = Unit::milliseconds,
              .against = "without it",
              .reference = median(alone),
              .bar = Bar::at_most,
              .bar_value = p99_ratio_max * median(alone)});
}

}  // namespace gatehouse::bench
