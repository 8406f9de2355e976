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

// The line of an answered request on this account's behalf.
std::string line_of(AccountScope account) {
  std::ostringstream lines;
  const StructuredLog log(
      std::make_shared<spdlog::logger>("exchange", std::make_shared<spdlog::sinks::ostream_sink_mt>(lines)),
      StructuredLog::Format::text);
  const Observation observation{.metrics = nullptr, .log = &log, .log_all = true, .problems = {}};
  http::Request request;
  request.method = "GET";
  request.target = "/v1/platform/export";
  Exchange exchange(std::move(request), http::Respond(std::make_shared<Deaf>(), {}), observation);
  exchange.entry().account = std::move(account);
  exchange.answer({.status = 200});
  return lines.str();
}

TEST(Exchange, names_the_account_in_the_log_and_no_stream_of_the_platform) {
  identity::Claims claims;
  claims.scopes = {"platform"};
  EXPECT_THAT(line_of(*AccountScope::enter(claims, "acme")), HasSubstr(" account=acme"));
  EXPECT_THAT(line_of(*AccountScope::enter_platform(claims)), Not(HasSubstr("account=")));
}

}  // namespace
}  // namespace gatehouse::api
