#include "bench/company.hpp"
#include "bench/http_measures.hpp"
#include "bench/postgres_peer.hpp"

namespace gatehouse::bench {

namespace {

constexpr std::size_t connections = 64;
constexpr std::size_t rounds = 3;
constexpr double times_min = 5;
constexpr std::uint64_t members_per_round = 1'000'000'000;
constexpr std::uint64_t first_member = 300'000'000'000;

double commands_per_second(const Subject& subject, std::size_t round) {
  LoadPlan plan{.port = subject.server.port(), .connections = connections, .duration = subject.duration};
  plan.request = [&, first = first_member + round * members_per_round](std::size_t, std::uint64_t sequence) {
    return new_member_request(company_account.value, subject.tokens.company_directory, first + sequence);
  };
  return run_accepted_load(plan).per_second();
}

}  // namespace

void measure_postgres(const Subject& subject) {
  auto& report = subject.report;
  report.section("Durable commands over HTTP beside the same append by PostgreSQL 15, 64 connections, medians of " +
                 std::to_string(rounds) + " rounds");
  if (!PostgresPeer::is_there())
    return report.note("PostgreSQL 15 is not installed: nothing was compared.");
  const PostgresPeer peer(subject.scratch / "postgres");
  // A frame and a row of half its size are together what one of our commands puts into the write-ahead log.
  const auto load = [&](std::size_t accounts) {
    return PostgresPeer::Load{.connections = connections,
                              .accounts = accounts,
                              .frame_bytes = subject.disk.record_bytes() * 2 / 3,
                              .duration = subject.duration};
  };
  std::vector<double> ours, one_account, many_accounts;
  for (std::size_t round = 0; round < rounds; ++round) {
    ours.push_back(commands_per_second(subject, round));
    one_account.push_back(peer.appends_per_second(load(1)));
    many_accounts.push_back(peer.appends_per_second(load(connections)));
  }
  report.row({.name = "commands to one account",
              .value = median(ours),
              .unit = Unit::per_second,
              .against = "PostgreSQL, to one account",
              .reference = median(one_account),
              .bar = Bar::at_least,
              .bar_value = times_min * median(one_account)});
  report.row({.name = "the same",
              .value = median(ours),
              .unit = Unit::per_second,
              .against = "PostgreSQL, an account for each connection",
              .reference = median(many_accounts)});
}

}  // namespace gatehouse::bench
