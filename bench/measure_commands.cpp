#include <algorithm>
#include <array>
#include <stdexcept>

#include "bench/company.hpp"
#include "bench/http_measures.hpp"

namespace gatehouse::bench {

namespace {

constexpr std::array<std::size_t, 4> connection_counts{1, 16, 64, 256};
constexpr std::size_t judged_connections = 64;
constexpr double raw_rate_factor_min = 20;
constexpr double commands_per_second_enough = 10'000;

// The disk before and after the load.
SyncRate mean_of(const SyncRate& before, const SyncRate& after) {
  return {(before.records_per_second + after.records_per_second) / 2, (before.median_ms + after.median_ms) / 2};
}

LoadPlan command_load(const Subject& subject, std::size_t connections, std::uint64_t first_member) {
  LoadPlan plan{.port = subject.server.port(), .connections = connections, .duration = subject.duration};
  plan.request = [&subject, first_member](std::size_t, std::uint64_t sequence) {
    return new_member_request(company_account.value, subject.tokens.company_directory, first_member + sequence);
  };
  return plan;
}

// Judged by the fastest rate of the whole run: a disk that stood still for a moment must not lower the bar.
void report_throughput(Report& report, const std::string& name, const LoadResult& load, const SyncRate& raw, const SyncRate& rocks,
                       double fastest_raw, bool judged) {
  const double enough = std::min(raw_rate_factor_min * fastest_raw, commands_per_second_enough);
  report.row({.name = "commands, " + name,
              .value = load.per_second(),
              .unit = Unit::per_second,
              .against = "one fsync at a time",
              .reference = raw.records_per_second,
              .bar = judged ? Bar::at_least : Bar::none,
              .bar_value = enough});
  report.row({.name = "the same",
              .value = load.per_second(),
              .unit = Unit::per_second,
              .against = "RocksDB's group commit of the same bytes, as many threads",
              .reference = rocks.records_per_second});
  report.row({.name = "p50, " + name, .value = load.latencies.percentile_ms(50), .unit = Unit::milliseconds});
  report.row({.name = "p99, " + name, .value = load.latencies.percentile_ms(99), .unit = Unit::milliseconds});
}

}  // namespace

LoadResult run_accepted_load(const LoadPlan& plan) {
  auto result = run_load(plan);
  if (result.refused > 0) throw std::runtime_error(std::to_string(result.refused) + " requests were refused: " + result.first_refusal);
  return result;
}

std::string new_member_request(const std::string& account, const std::string& token, std::uint64_t number) {
  const auto id = "load-" + std::to_string(number);
  return post_request("/v1/accounts/" + account + "/commands", token,
                      R"({"type":"AddMember","user_id":")" + id + R"(","email":")" + id +
                          R"(@example.com","name":"Member )" + id + R"(","department":"Sales"})");
}

void measure_commands(const Subject& subject) {
  auto& report = subject.report;
  report.section("Durable commands (" + std::to_string(subject.disk.record_bytes()) + " bytes each in the write-ahead log)");
  double fastest_raw = 0;
  for (std::size_t run = 0; run < connection_counts.size(); ++run) {
    const auto connections = connection_counts[run];
    const auto name = std::to_string(connections) + (connections == 1 ? " connection" : " connections");
    const auto before = subject.disk.raw(1);
    const auto rocks = subject.disk.rocks_group_commit(connections);
    const auto load = run_accepted_load(command_load(subject, connections, (run + 1) * 1'000'000'000));
    const auto after = subject.disk.raw(1);
    const auto raw = mean_of(before, after);
    fastest_raw = std::max({fastest_raw, before.records_per_second, after.records_per_second});
    report_throughput(report, name, load, raw, rocks, fastest_raw, connections == judged_connections);
    if (connections != 1) continue;
    report.row({.name = "one command on an idle server, median",
                .value = load.latencies.percentile_ms(50),
                .unit = Unit::milliseconds,
                .against = "one fsync",
                .reference = raw.median_ms,
                .bar = Bar::at_most,
                .bar_value = 2 * raw.median_ms + 1});
  }
}

}  // namespace gatehouse::bench
