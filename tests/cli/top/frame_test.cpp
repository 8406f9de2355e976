#include "cli/top/frame.hpp"

#include <algorithm>

#include <gmock/gmock.h>

namespace gatehouse::cli::top {
namespace {

using std::chrono::seconds;
using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

Look look_at(seconds time, std::string_view measured, Readiness readiness = {true, {}, {}}) {
  return {std::chrono::steady_clock::time_point(time), {}, std::move(readiness), Exposition(measured)};
}

Known known_of(std::string_view before, std::string_view now) {
  Known known{.url = "http://127.0.0.1:8080", .fault = {}, .now = {}, .before = {}};
  known.take(look_at(seconds{10}, before));
  known.take(look_at(seconds{12}, now));
  return known;
}

std::string text_of(const Known& known, const std::optional<Size>& size = std::nullopt) {
  std::string text;
  for (const auto& line : make_frame(known, size))
    text += line.text + "\n";
  return text;
}

std::string line_that(const std::string& text, const std::string& begins) {
  const auto at = ("\n" + text).find("\n" + begins);
  return at == std::string::npos ? "" : text.substr(at, text.find('\n', at) - at);
}

constexpr std::string_view before = R"(gatehouse_http_requests_total{route="listApps",status="200"} 100
gatehouse_http_requests_total{route="showMetrics",status="200"} 5
gatehouse_http_request_seconds_bucket{route="listApps",status_class="2xx",le="0.001"} 100
gatehouse_http_request_seconds_bucket{route="listApps",status_class="2xx",le="0.01"} 100
gatehouse_http_request_seconds_bucket{route="listApps",status_class="2xx",le="+Inf"} 100
gatehouse_commands_total{command="Install",outcome="accepted"} 10
gatehouse_commands_total{command="GrantPreApproval",outcome="accepted"} 10
process_cpu_seconds_total 1
)";
constexpr std::string_view now = R"(gatehouse_build_info{version="1.2.3"} 1
process_start_time_seconds 1
process_resident_memory_bytes 104857600
process_cpu_seconds_total 1.5
gatehouse_http_requests_total{route="listApps",status="200"} 140
gatehouse_http_requests_total{route="listApps",status="500"} 2
gatehouse_http_requests_total{route="showMetrics",status="200"} 15
gatehouse_http_requests_total{route="showReadiness",status="503"} 15
gatehouse_http_request_seconds_bucket{route="listApps",status_class="2xx",le="0.001"} 140
gatehouse_http_request_seconds_bucket{route="listApps",status_class="2xx",le="0.01"} 140
gatehouse_http_request_seconds_bucket{route="listApps",status_class="2xx",le="+Inf"} 140
gatehouse_commands_total{command="Install",outcome="accepted"} 12
gatehouse_commands_total{command="Install",outcome="refused",code="app_restricted"} 8
gatehouse_commands_total{command="GrantPreApproval",outcome="accepted"} 10
gatehouse_command_queue_depth 3
gatehouse_command_queue_limit 4096
gatehouse_commit_group_commands_bucket{le="1"} 0
gatehouse_commit_group_commands_bucket{le="2"} 4
gatehouse_commit_group_commands_bucket{le="+Inf"} 4
gatehouse_commit_group_commands_sum 8
gatehouse_log_sync_seconds_bucket{file="wal",le="0.001"} 0
gatehouse_log_sync_seconds_bucket{file="wal",le="0.002"} 4
gatehouse_log_sync_seconds_bucket{file="wal",le="+Inf"} 4
gatehouse_log_sync_seconds_bucket{file="witness",le="0.001"} 400
gatehouse_log_sync_seconds_bucket{file="witness",le="+Inf"} 400
gatehouse_store_file_bytes{table="log"} 1048576
gatehouse_store_file_bytes{table="state"} 1048576
gatehouse_projection_position{projection="inbox"} 1234567
gatehouse_projection_lag_events{projection="inbox"} 12
gatehouse_projection_events_total{projection="inbox"} 20
gatehouse_projection_parked_streams{projection="inbox"} 2
gatehouse_projection_rebuild_running{projection="inbox"} 1
gatehouse_projection_rebuild_paused{projection="inbox"} 1
gatehouse_projection_rebuild_progress_ratio{projection="inbox"} 0.42
gatehouse_projection_position{projection="past"} 7
gatehouse_projection_rebuild_running{projection="past"} 0
gatehouse_projection_rebuild_progress_ratio{projection="past"} 0
)";

TEST(Frame, tells_what_the_server_measures) {
  const auto text = text_of(known_of(before, now));
  EXPECT_THAT(text, StartsWith("gatehouse 1.2.3   http://127.0.0.1:8080   up "));
  EXPECT_THAT(text, HasSubstr("\nREADY\n"));
  EXPECT_EQ(line_that(text, "requests"), "requests   21/s  5xx 1/s  p50 500us  p90 900us  p99 990us  connections -");
  EXPECT_EQ(line_that(text, "commands"), "commands   5/s  refused 4/s  p50 -  p99 -  queue 3 of 4,096");
  EXPECT_EQ(line_that(text, "commits"), "commits    -  group mean 2  p99 2.0  sync p50 1.5ms  p99 2.0ms");
  EXPECT_EQ(line_that(text, "storage"), "storage    files 2MiB  log 1MiB  memtables -  disk free -");
  EXPECT_EQ(line_that(text, "process"), "process    memory 100MiB  cpu 25%  threads -  files -");
  EXPECT_EQ(line_that(text, "inbox"), "inbox                       1,234,567        12      10/s         2  42% held");
  EXPECT_EQ(line_that(text, "past"), "past                                7         -         -         -         -");
  EXPECT_EQ(line_that(text, "Install"), "Install                           5/s       4/s        20");
  EXPECT_LT(text.find("\nInstall"), text.find("\nGrantPreApproval")) << "what happens most comes first";
}

TEST(Frame, knows_the_figures_of_older_servers) {
  const auto text = text_of(known_of("gatehouse_commands_total{command=\"Install\",outcome=\"app_restricted\"} 1\n"
                                     "gatehouse_webhooks_total{outcome=\"failed\"} 1\n",
                                     "gatehouse_commands_total{command=\"Install\",outcome=\"app_restricted\"} 3\n"
                                     "gatehouse_webhooks_total{outcome=\"failed\"} 5\n"
                                     "gatehouse_projection_position{projection=\"inbox\"} 3\n"
                                     "gatehouse_projection_events_per_second{projection=\"inbox\"} 9\n"));
  EXPECT_THAT(line_that(text, "commands"), HasSubstr("refused 1/s"));
  EXPECT_THAT(line_that(text, "outbound"), HasSubstr("webhooks -  failed 2/s"));
  EXPECT_THAT(line_that(text, "inbox"), HasSubstr("9/s"));
}

TEST(Frame, has_a_dash_for_whatever_is_not_measured) {
  const auto text = text_of(known_of("", "something_else 1\n"));
  EXPECT_EQ(line_that(text, "requests"), "requests   -  5xx -  p50 -  p90 -  p99 -  connections -");
  EXPECT_THAT(text, HasSubstr("gatehouse -   http://127.0.0.1:8080   up -\n"));
  EXPECT_THAT(text, Not(testing::ContainsRegex("[0-9]/s")));
}

TEST(Frame, says_why_the_server_is_not_ready_and_what_is_degraded) {
  Known known{.url = "u", .fault = {}, .now = {}, .before = {}};
  EXPECT_THAT(text_of(known), HasSubstr("asking"));
  known.take(look_at(seconds{1}, "", {false, {"read_only:disk_full", "building:inbox"}, {"parked:\x1b[2J"}}));
  EXPECT_THAT(text_of(known), HasSubstr("NOT READY: read_only:disk_full, building:inbox\n"));
  EXPECT_THAT(text_of(known), HasSubstr("degraded: parked:?[2J\n"));
}

TEST(Frame, keeps_what_it_knows_of_a_server_that_is_gone_and_says_so) {
  auto known = known_of(before, now);
  known.take({.at = {}, .fault = "Couldn't connect to server", .readiness = {}, .measured = {}});
  const auto text = text_of(known);
  EXPECT_THAT(text, HasSubstr("NO ANSWER, trying again: Couldn't connect to server\n"));
  EXPECT_THAT(text, HasSubstr("What follows is from "));
  EXPECT_THAT(text, HasSubstr("1,234,567"));
  known.take(look_at(seconds{14}, before));
  EXPECT_THAT(text_of(known), HasSubstr("\nREADY\n"));
}

TEST(Frame, fits_the_screen) {
  const auto known = known_of(before, now);
  for (const Size size : {Size{80, 24}, Size{20, 10}, Size{1, 1}}) {
    const auto lines = make_frame(known, size);
    EXPECT_LE(lines.size(), size.rows);
    for (const auto& line : lines)
      EXPECT_LE(line.text.size(), size.columns);
  }
}

TEST(ReadinessIn, is_read_from_what_the_server_answers_and_from_nothing_else) {
  const auto readiness = readiness_in(R"({"ready":false,"reasons":["a","b"],"degraded":[]})");
  ASSERT_TRUE(readiness);
  EXPECT_FALSE(readiness->ready);
  EXPECT_THAT(readiness->reasons, testing::ElementsAre("a", "b"));
  EXPECT_TRUE(readiness_in(R"({"ready":true,"more":1})")->ready);
  for (const auto* body : {"", "[]", "{}", "<html>", R"({"ready":"yes"})"})
    EXPECT_FALSE(readiness_in(body)) << body;
}

}  // namespace
}  // namespace gatehouse::cli::top
