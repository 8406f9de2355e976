// Questions about the past, one at a time, at positions drawn at random: a single row, and a whole account of ten thousand events, beside the same questions about
// the present.
#include <boost/json/parse.hpp>
#include <chrono>
#include <random>
#include <stdexcept>
#include <thread>

#include "bench/company.hpp"
#include "bench/http_measures.hpp"

namespace gatehouse::bench {

namespace {

constexpr double row_ms_max = 20;
constexpr double account_ms_max = 1'000;
constexpr std::size_t account_events = 10'000;
constexpr std::size_t account_rounds = 5;
constexpr std::chrono::minutes patience{30};

std::string company_path() { return "/v1/accounts/" + company_account.value; }

// A position of the history that is made, when the last command of the neighbour has been answered.
std::uint64_t head_of(const Subject& subject) {
  const auto target = "/v1/accounts/" + neighbour_account.value + "/events?after=0&limit=1";
  const auto first = ask(subject.server.port(), get_request(target, subject.tokens.neighbour_owner));
  if (first.status != 200)
    throw std::runtime_error("the neighbour's history cannot be read: " + first.body);
  const auto answer =
      ask(subject.server.port(),
          post_request("/v1/accounts/" + neighbour_account.value + "/commands", subject.tokens.neighbour_directory,
                       R"({"type":"AddMember","user_id":"the-last","email":"last@example.com"})"));
  return boost::json::parse(answer.body).at("position").to_number<std::uint64_t>();
}

void fill_neighbour(const Subject& subject) {
  LoadPlan plan{.port = subject.server.port(), .connections = 16, .answers_max = account_events};
  plan.warm_up = std::chrono::milliseconds{0};
  plan.duration = std::chrono::minutes{2};
  plan.request = [&](std::size_t, std::uint64_t sequence) {
    return new_member_request(neighbour_account.value, subject.tokens.neighbour_directory, 70'000'000'000 + sequence);
  };
  (void)run_accepted_load(plan);
}

// The first start on a history makes the past beside everything else.
double wait_for_past_ms(const Subject& subject, std::uint64_t head) {
  const auto target = "/v1/accounts/" + neighbour_account.value + "/permissions?as_of=" + std::to_string(head);
  const auto began = std::chrono::steady_clock::now();
  while (ask(subject.server.port(), get_request(target, subject.tokens.neighbour_owner)).status != 200) {
    if (std::chrono::steady_clock::now() - began > patience)
      throw std::runtime_error("the past does not come up with the log");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

LoadResult ask_for_rows(const Subject& subject, std::uint64_t from, std::uint64_t to) {
  LoadPlan plan{.port = subject.server.port(), .connections = 1, .duration = subject.duration};
  std::mt19937_64 random(1);
  plan.request = [&, random](std::size_t, std::uint64_t) mutable {
    const auto as_of = to == 0 ? std::string() : "?as_of=" + std::to_string(from + random() % (to - from));
    return get_request(company_path() + "/members/" + member_id(random() % 100).value + as_of,
                       subject.tokens.company_owner);
  };
  return run_accepted_load(plan);
}

// Every page of the account's members and subscriptions.
double read_account_ms(const Subject& subject, const std::string& as_of) {
  const auto began = std::chrono::steady_clock::now();
  for (const auto* list : {"members", "subscriptions", "requests", "approvals", "groups", "roles"}) {
    const auto target = "/v1/accounts/" + neighbour_account.value + "/" + list + "?page_size=300" + as_of;
    for (std::string token;;) {
      const auto answer =
          ask(subject.server.port(), get_request(token.empty() ? target : target + "&next_page_token=" + token,
                                                 subject.tokens.neighbour_owner));
      if (answer.status != 200)
        throw std::runtime_error(target + ": " + answer.body);
      token = boost::json::parse(answer.body).at("next_page_token").as_string();
      if (token.empty())
        break;
    }
  }
  const auto taken = std::chrono::steady_clock::now() - began;
  return std::chrono::duration<double, std::milli>(taken).count();
}

}  // namespace

void measure_past(const Subject& subject) {
  fill_neighbour(subject);
  const auto head = head_of(subject);
  const auto waited = wait_for_past_ms(subject, head);
  const auto now = ask_for_rows(subject, 0, 0);
  const auto then = ask_for_rows(subject, head / 2, head);
  double account_now = 0, account_then = 0;
  for (std::size_t round = 0; round < account_rounds; ++round) {
    account_now += read_account_ms(subject, "") / account_rounds;
    account_then += read_account_ms(subject, "&as_of=" + std::to_string(head - round)) / account_rounds;
  }
  auto& report = subject.report;
  report.section("Questions about the past, one at a time, " + std::to_string(head) + " events");
  report.row({.name = "until the past has come up with the log", .value = waited, .unit = Unit::milliseconds});
  report.row({.name = "one member, p99",
              .value = then.latencies.percentile_ms(99),
              .unit = Unit::milliseconds,
              .against = "now",
              .reference = now.latencies.percentile_ms(99),
              .bar = Bar::at_most,
              .bar_value = row_ms_max});
  report.row({.name = "an account of 10,000 events, every list to its end",
              .value = account_then,
              .unit = Unit::milliseconds,
              .against = "now",
              .reference = account_now,
              .bar = Bar::at_most,
              .bar_value = account_ms_max});
}

}  // namespace gatehouse::bench
