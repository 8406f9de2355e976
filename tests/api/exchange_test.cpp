#include "api/exchange.hpp"

#include <gmock/gmock.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <sstream>

#include "api/route.hpp"
#include "api/structured_log.hpp"

namespace gatehouse::api {
namespace {

using testing::HasSubstr;
using testing::Not;

class Deaf final : public http::AnswerSink {
 public:
  void deliver(http::AnswerTicket, http::Response) override {}
  void abandon(http::AnswerTicket) override {}
  void nudge(http::AnswerTicket) override {}
};

http::Request request_with(http::Headers headers) {
  http::Request request;
  request.method = "GET";
  request.target = "/v1/platform/export?token=secret";
  request.headers = std::move(headers);
  request.request_id = "r-1";
  request.received_at = std::chrono::steady_clock::now();
  return request;
}

struct Lines {
  std::ostringstream text;
  std::shared_ptr<spdlog::logger> logger =
      std::make_shared<spdlog::logger>("exchange", std::make_shared<spdlog::sinks::ostream_sink_mt>(text));
  StructuredLog log{logger, StructuredLog::Format::text};

  // Of an answered request.
  std::string of(http::Request request, unsigned status = 200, std::optional<AccountScope> account = std::nullopt,
                 Observation observation = {.log_all = true, .problems = {}}, const Parameters::Pairs& parameters = {},
                 const Route* route = nullptr) {
    text.str("");
    observation.log = &log;
    Exchange exchange(std::move(request), http::Respond(std::make_shared<Deaf>(), {}), observation);
    exchange.entry().account = std::move(account);
    exchange.entry().parameters = parameters;
    exchange.entry().route = route;
    exchange.answer({.status = status});
    return text.str();
  }
};

// The line of an answered request on this account's behalf.
std::string line_of(AccountScope account) { return Lines().of(request_with({}), 200, std::move(account)); }

std::string field_of(const std::string& line, const std::string& name) {
  const auto at = line.find(" " + name + "=");
  if (at == std::string::npos)
    return "";
  const auto begin = at + name.size() + 2;
  return line.substr(begin, line.find_first_of(" \n", begin) - begin);
}

constexpr std::string_view traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(Exchange, names_the_account_in_the_log_and_no_stream_of_the_platform) {
  identity::Claims claims;
  claims.scopes = {"platform"};
  EXPECT_THAT(line_of(*AccountScope::enter(claims, "acme")), HasSubstr(" account=acme"));
  EXPECT_THAT(line_of(*AccountScope::enter_platform(claims)), Not(HasSubstr("account=")));
}

TEST(Exchange, goes_on_with_the_trace_that_the_client_names) {
  Lines lines;
  const auto line = lines.of(request_with({{"TraceParent", traceparent}, {"X-Request-Id", "mine"}}));
  EXPECT_EQ(field_of(line, "request_id"), "mine");
  EXPECT_EQ(field_of(line, "trace_id"), "0af7651916cd43dd8448eb211c80319c");
  EXPECT_EQ(field_of(line, "parent_id"), "b7ad6b7169203331");
  EXPECT_THAT(field_of(line, "span_id"), testing::MatchesRegex("[0-9a-f]+"));
  EXPECT_NE(field_of(line, "span_id"), "b7ad6b7169203331");
  EXPECT_THAT(line, Not(HasSubstr("secret")));
}

TEST(Exchange, begins_a_trace_where_the_client_names_none_or_several) {
  Lines lines;
  for (const auto& headers : {http::Headers{}, http::Headers{{"traceparent", "00-no"}},
                              http::Headers{{"traceparent", traceparent}, {"traceparent", traceparent}}}) {
    const auto line = lines.of(request_with(headers));
    EXPECT_THAT(field_of(line, "trace_id"), testing::SizeIs(32));
    EXPECT_NE(field_of(line, "trace_id"), "0af7651916cd43dd8448eb211c80319c");
    EXPECT_EQ(field_of(line, "parent_id"), "");
    EXPECT_EQ(field_of(line, "request_id"), "r-1");
  }
}

TEST(Exchange, that_failed_or_was_slow_has_a_line_without_an_access_log) {
  Lines lines;
  const Observation observation{.slow = std::chrono::seconds{1}, .problems = {}};
  EXPECT_EQ(lines.of(request_with({}), 404, {}, observation), "");
  EXPECT_THAT(lines.of(request_with({}), 503, {}, observation), HasSubstr(" error request "));
  auto slow = request_with({});
  slow.received_at -= std::chrono::seconds{2};
  EXPECT_THAT(lines.of(slow, 200, {}, observation), HasSubstr(" warning request "));
  EXPECT_EQ(lines.of(slow, 200, {}, observation, {{"wait", "30"}}), "") << "it was asked to wait";
  EXPECT_EQ(lines.of(slow, 200, {}, {}), "") << "no duration is slow";
}

TEST(Exchange, that_waited_in_vain_for_what_nobody_has_done_is_no_failure_of_the_server) {
  Lines lines;
  Observation observation{.slow = std::chrono::seconds{1}, .problems = {}};
  observation.log = &lines.log;
  const auto line_of = [&](Problem problem) {
    auto slow = request_with({});
    slow.received_at -= std::chrono::seconds{5};
    lines.text.str("");
    Exchange(std::move(slow), http::Respond(std::make_shared<Deaf>(), {}), observation).refuse(std::move(problem));
    return lines.text.str();
  };
  EXPECT_EQ(line_of(position_still_to_come()), "");
  EXPECT_THAT(line_of(make_problem("projection_behind", "")), HasSubstr(" error request "));
}

TEST(Exchange, tells_a_probe_that_it_is_not_ready_without_a_line) {
  Lines lines;
  const Route probe{.path = "/readyz", .who = Who::open};
  EXPECT_EQ(lines.of(request_with({}), 503, {}, {}, {}, &probe), "");
  EXPECT_THAT(lines.of(request_with({}), 500, {}, {}, {}, &probe), HasSubstr(" error request "));
  const Route other{.path = "/log/checkpoint", .who = Who::open};
  EXPECT_THAT(lines.of(request_with({}), 503, {}, {}, {}, &other), HasSubstr(" error request "));
}

TEST(Exchange, has_a_line_at_the_level_debug_and_none_above_its_own) {
  Lines lines;
  lines.log.set_level(StructuredLog::Level::debug);
  EXPECT_THAT(lines.of(request_with({}), 200, {}, {}), HasSubstr(" debug request "));
  lines.log.set_level(StructuredLog::Level::error);
  EXPECT_EQ(lines.of(request_with({}), 200), "");
  EXPECT_THAT(lines.of(request_with({}), 500), HasSubstr(" error request "));
}

}  // namespace
}  // namespace gatehouse::api
