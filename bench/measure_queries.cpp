#include <algorithm>
#include <memory>
#include <vector>

#include "bench/company.hpp"
#include "bench/http_measures.hpp"
#include "bench/nginx_peer.hpp"

namespace gatehouse::bench {

namespace {

constexpr std::size_t query_connections = 64;
constexpr std::size_t members_asked_about =
    1'000;  // each about every app: more questions than the server keeps answers to
constexpr double livez_share_min = 0.85;
constexpr double nginx_share_min = 0.8;
constexpr std::size_t rounds = 3;
constexpr double search_ms_max = 20;
constexpr double resident_mebibytes_max = 512;
constexpr std::chrono::hours no_end{1};

double mebibytes(std::size_t bytes) { return static_cast<double>(bytes) / (1U << 20U); }

std::string company_path() { return "/v1/accounts/" + company_account.value; }

LoadPlan query_load(const Subject& subject) {
  return {.port = subject.server.port(), .connections = query_connections, .duration = subject.duration, .request = {}};
}

LoadPlan livez_load(const Subject& subject, std::uint16_t port) {
  auto plan = query_load(subject);
  plan.port = port;
  plan.request = [request = get_request("/livez", {})](std::size_t, std::uint64_t) { return request; };
  return plan;
}

// A member asks for himself, about one app after the other.
LoadPlan installability_load(const Subject& subject) {
  // Composed beforehand: the generator shall cost no more than it does for /livez.
  std::vector<std::string> requests;
  for (const auto& token : subject.tokens.members) {
    for (std::size_t app = 0; app < requested_apps; ++app)
      requests.push_back(get_request(company_path() + "/apps/" + requested_app(app).value + "/installability", token));
  }
  auto plan = query_load(subject);
  plan.request = [requests = std::move(requests)](std::size_t connection, std::uint64_t sequence) {
    return requests[(connection * requested_apps + sequence % requested_apps) % requests.size()];
  };
  return plan;
}

// The owner asks about one member after the other.
LoadPlan first_installability_load(const Subject& subject) {
  auto plan = query_load(subject);
  plan.request = [token = subject.tokens.company_owner](std::size_t connection, std::uint64_t sequence) {
    const auto number = connection + query_connections * sequence;
    return get_request(company_path() + "/apps/" + requested_app(number / members_asked_about % requested_apps).value +
                           "/installability?user_id=" + member_id(number % members_asked_about).value,
                       token);
  };
  return plan;
}

LoadPlan inbox_load(const Subject& subject) {
  auto plan = query_load(subject);
  plan.request = [request = get_request(company_path() + "/app-requests?kind=pre_approval&state=active",
                                        subject.tokens.company_owner)](std::size_t, std::uint64_t) { return request; };
  return plan;
}

// Of rounds in which one kind of request follows the other, so that whatever else moves on this machine moves all.
struct Rates {
  std::vector<double> per_second, p99_ms;

  void add(const LoadResult& load) {
    per_second.push_back(load.per_second());
    p99_ms.push_back(load.latencies.percentile_ms(99));
  }
};

void report_rate(Report& report, const std::string& name, const Rates& rates, const std::string& against,
                 const Rates& reference, double share_min) {
  const double beside = median(reference.per_second);
  report.row({.name = name,
              .value = median(rates.per_second),
              .unit = Unit::per_second,
              .against = against,
              .reference = beside,
              .bar = share_min > 0 ? Bar::at_least : Bar::none,
              .bar_value = share_min * beside});
  report.row({.name = name + ", p99", .value = median(rates.p99_ms), .unit = Unit::milliseconds});
}

}  // namespace

void measure_queries(const Subject& subject) {
  subject.report.section("Queries, 64 connections, medians of " + std::to_string(rounds) + " rounds");
  std::unique_ptr<NginxPeer> nginx;
  if (NginxPeer::is_there())
    nginx = std::make_unique<NginxPeer>(subject.scratch / "nginx", free_port(), server_threads,
                                        whole_answer(subject.server.port(), get_request("/livez", {})));
  Rates livez, installability, first, inbox, peer;
  for (std::size_t round = 0; round < rounds; ++round) {
    livez.add(run_accepted_load(livez_load(subject, subject.server.port())));
    installability.add(run_accepted_load(installability_load(subject)));
    first.add(run_accepted_load(first_installability_load(subject)));
    inbox.add(run_accepted_load(inbox_load(subject)));
    if (nginx)
      peer.add(run_accepted_load(livez_load(subject, nginx->port())));
  }
  report_rate(subject.report, "installability", installability, "/livez", livez, livez_share_min);
  report_rate(subject.report, "installability, asked for the first time", first, "/livez", livez, 0);
  report_rate(subject.report, "inbox", inbox, "/livez", livez, 0);
  if (nginx)
    report_rate(subject.report, "/livez", livez, "nginx, the same bytes and threads", peer, nginx_share_min);
  else
    subject.report.note("nginx is not installed: /livez was compared with nothing.");
}

void measure_searches(const Subject& subject) {
  subject.report.section("AuthZEN searches for a first page of 30, one at a time");
  const auto measure = [&](const std::string& name, std::string_view path, const std::string& body) {
    auto plan = query_load(subject);
    plan.connections = 1;
    plan.request = [request = post_request(path, subject.tokens.company_owner, body)](std::size_t, std::uint64_t) {
      return request;
    };
    const auto load = run_accepted_load(plan);
    subject.report.row({.name = name + ", median",
                        .value = load.latencies.percentile_ms(50),
                        .unit = Unit::milliseconds,
                        .bar = Bar::at_most,
                        .bar_value = search_ms_max});
  };
  const auto who_may = [](const AppId& app) {
    return R"({"subject":{"type":"user"},"action":{"name":"install"},"resource":{"type":"app","id":")" + app.value +
           "\"}}";
  };
  measure("who may install what nearly all have", "/access/v1/search/subject", who_may(installed_app()));
  measure("who may install what needs approval", "/access/v1/search/subject", who_may(requested_app(0)));
  measure("what a member may install", "/access/v1/search/resource",
          R"({"subject":{"type":"user","id":")" + member_id(0).value +
              R"("},"action":{"name":"install"},"resource":{"type":"app"}})");
}

void measure_memory(const Subject& subject, std::uint64_t queries) {
  auto& report = subject.report;
  report.section("Resident memory");
  auto plan = installability_load(subject);
  plan.duration = no_end;
  plan.answers_max = queries / 2;
  report.row({.name = "before " + std::to_string(queries) + " queries",
              .value = mebibytes(subject.server.resident_bytes()),
              .unit = Unit::mebibytes});
  (void)run_accepted_load(plan);
  const auto half = mebibytes(subject.server.resident_bytes());
  report.row({.name = "after half of them", .value = half, .unit = Unit::mebibytes});
  (void)run_accepted_load(plan);
  report.row({.name = "after all of them",
              .value = mebibytes(subject.server.resident_bytes()),
              .unit = Unit::mebibytes,
              .against = "after half of them",
              .reference = half,
              .bar = Bar::at_most,
              .bar_value = resident_mebibytes_max});
}

}  // namespace gatehouse::bench
