// What operators do with the read models, over HTTP.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "api/route.hpp"
#include "replay/event_reader.hpp"
#include "tests/api/api_fixture.hpp"
#include "tests/http/waiting.hpp"

namespace gatehouse::api {
namespace {

using testing::HasSubstr;

struct Operations : ApiFixture {
  Operations() { open_account(); }

  http::Answer ops(std::string_view method, std::string_view target, std::string_view body = "") {
    return call(method, "/v1/ops/" + std::string(target), operator_token, body);
  }
  boost::json::object projection(std::string_view name) {
    return json_of(ops("GET", "projections/" + std::string(name))).as_object();
  }
  boost::json::object result_of(std::string_view name) {
    for (;;) {
      auto status = projection(name);
      if (status.contains("last_rebuild") && !status.contains("rebuild"))
        return status.at("last_rebuild").as_object();
      std::this_thread::yield();
    }
  }
  // A row that no fold can make anything of, where one is.
  void damage(std::string_view name) {
    const auto table =
        projections.find({std::string(name), follower.rebuilder().follower_of(name)->projection(name)->version()},
                         GenerationRole::active);
    OverlayTable::Changes damage;
    table->snapshot()->scan({}, [&](std::string_view key, std::string_view) {
      damage.emplace(key, "no row");
      return true;
    });
    ASSERT_FALSE(damage.empty());
    const ProjectionWrite write{table.get(), &damage, table->snapshot()->checkpoint()};
    ASSERT_TRUE(projections.write({&write, 1}).has_value());
  }
  std::vector<std::string> recorded_operations() {
    std::vector<std::string> found;
    const auto batch = read_stream_events(log, transparency_stream, 0, 1'000);
    for (const auto& event : batch->events) {
      if (const auto* retried = std::get_if<ParkedEventRetried>(event.known()))
        found.push_back("retried " + retried->stream.value + " by " + retried->operator_id);
      if (const auto* skipped = std::get_if<ParkedEventSkipped>(event.known()))
        found.push_back("skipped " + skipped->stream.value + " by " + skipped->operator_id + ": " + skipped->reason);
    }
    return found;
  }

  std::string operator_token = token("oscar", "", "ops");
};

TEST_F(Operations, a_read_model_is_made_anew_compared_and_gone_back_from) {
  const auto begun = ops("POST", "projections/requests/rebuild");
  ASSERT_EQ(begun.status, 202U) << begun.body;
  auto result = result_of("requests");
  EXPECT_EQ(result.at("outcome"), "switched");
  EXPECT_EQ(result.at("comparison").at("equal"), true);
  EXPECT_EQ(result.at("comparison").at("digest").as_string().size(), 64U);
  EXPECT_TRUE(projection("requests").contains("kept_position"));
  EXPECT_EQ(ops("POST", "projections/requests/rollback").status, 200U);
  EXPECT_EQ(ops("POST", "projections/requests/retire").status, 200U);
  EXPECT_FALSE(projection("requests").contains("kept_position"));
  EXPECT_EQ(code_of(ops("POST", "projections/requests/rollback")), "nothing_kept");
  EXPECT_EQ(code_of(ops("POST", "projections/requests/rebuild/pause")), "no_rebuild");
  EXPECT_EQ(code_of(ops("DELETE", "projections/requests/rebuild")), "no_rebuild");
}

TEST_F(Operations, all_are_made_anew_at_once_and_the_state_is_compared) {
  ASSERT_EQ(ops("POST", "rebuild?compare_only=true").status, 202U);
  for (const auto* name : {"audit", "past", "webhooks"})
    EXPECT_EQ(result_of(name).at("outcome"), "compared") << name;
  EXPECT_EQ(result_of("catalogue").at("comparison").at("differences"), 0);
  ASSERT_EQ(ops("POST", "projections/state/rebuild").status, 202U);
  EXPECT_EQ(result_of("state").at("comparison").at("equal"), true);
}

TEST_F(Operations, all_that_is_being_made_anew_is_given_up_at_once_or_one_by_one) {
  EXPECT_EQ(code_of(ops("DELETE", "rebuild")), "no_rebuild");
  ASSERT_EQ(ops("POST", "rebuild").status, 202U);
  ASSERT_EQ(ops("POST", "projections/inbox/rebuild/pause").status, 202U);
  const auto one = ops("DELETE", "projections/audit/rebuild");
  if (one.status == 202U) {  // unless it was done already
    EXPECT_FALSE(json_of(one).as_object().contains("rebuild"));
    EXPECT_EQ(json_of(one).at("last_rebuild").at("outcome"), "cancelled");
    EXPECT_EQ(code_of(ops("DELETE", "projections/audit/rebuild")), "no_rebuild");
  }
  if (ops("DELETE", "rebuild").status == 202U)
    EXPECT_EQ(code_of(ops("DELETE", "rebuild")), "no_rebuild");
  for (const auto* name : {"audit", "past", "webhooks"})
    EXPECT_FALSE(projection(name).contains("rebuild")) << name;
  EXPECT_EQ(code_of(call("DELETE", "/v1/ops/rebuild", owner)), "insufficient_scope");
}

TEST_F(Operations, are_for_operators_alone_and_for_what_exists) {
  for (const auto* target :
       {"/v1/ops/rebuild", "/v1/ops/projections/audit/rebuild", "/v1/ops/projections/audit/rollback"})
    EXPECT_EQ(code_of(call("POST", target, owner)), "insufficient_scope") << target;
  for (const auto* target :
       {"projections/nothing/rebuild", "projections/nothing/rebuild/pause", "projections/nothing/rollback",
        "projections/nothing/retire", "projections/nothing/parked/acme/retry"})
    EXPECT_EQ(code_of(ops("POST", target)), "projection_not_found") << target;
  EXPECT_EQ(code_of(ops("GET", "projections/nothing/parked")), "projection_not_found");
  EXPECT_EQ(code_of(ops("POST", "projections/requests/parked/acme/retry")), "nothing_parked");
  EXPECT_EQ(code_of(ops("POST", "rebuild?compare_only=perhaps")), "invalid_parameter");
}

TEST_F(Operations, an_event_that_a_read_model_cannot_take_is_shown_retried_and_skipped) {
  ASSERT_EQ(command(R"({"type":"AddMember","user_id":"mia","email":"mia@acme.example","name":"Mia"})").status, 200U);
  ASSERT_EQ(
      command(
          R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})")
          .status,
      200U);
  ASSERT_EQ(command_as(token("mia", "acme"), R"({"type":"RequestPreApproval","app_id":"notes"})").status, 200U);
  const auto listed = get("/v1/accounts/acme/requests", owner);
  ASSERT_EQ(listed.status, 200U) << "and the read model has taken it";
  const auto request = std::string(json_of(listed).at("items").at(0).at("request_id").as_string());
  ASSERT_EQ(get("/v1/accounts/acme/app-requests", owner).status, 200U);
  damage("inbox");
  const auto withdrawn =
      command_as(token("mia", "acme"), R"({"type":"WithdrawRequest","request_id":")" + request + "\"}");
  ASSERT_EQ(withdrawn.status, 200U) << withdrawn.body;

  const auto hidden = get("/v1/accounts/acme/app-requests", owner);
  EXPECT_EQ(hidden.status, 503U) << "rather than an answer without the event";
  EXPECT_EQ(code_of(hidden), "events_parked");
  // Rows tell of it as soon as they are written, and this list right after.
  boost::json::array parked;
  ASSERT_TRUE(http::eventually([&] {
    parked = json_of(ops("GET", "projections/inbox/parked")).at("items").as_array();
    return parked.size() == 1;
  }));
  EXPECT_EQ(parked[0].at("stream"), "acme");
  EXPECT_EQ(parked[0].at("attempt_count"), 1);
  EXPECT_EQ(parked[0].at("attempts").as_array().size(), 1U);
  EXPECT_GE(parked[0].at("events_waiting").to_number<int>(), 1);
  EXPECT_EQ(projection("inbox").at("parked"), 1);

  ASSERT_EQ(ops("POST", "projections/inbox/parked/acme/retry").status, 202U);
  do {
    parked = json_of(ops("GET", "projections/inbox/parked")).at("items").as_array();
    ASSERT_EQ(parked.size(), 1U);
  } while (parked[0].at("attempt_count") != 2);

  const auto position = std::to_string(parked[0].at("position").to_number<std::uint64_t>());
  const std::string skip = "projections/inbox/parked/acme/skip?position=";
  EXPECT_EQ(code_of(ops("POST", skip + position, R"({"why":"no"})")), "invalid_field");
  EXPECT_EQ(code_of(ops("POST", skip + "1", R"({"reason":"of another event"})")), "nothing_parked");
  // Without a position it is the event that is parked.
  const std::string skip_what_is_parked = "projections/inbox/parked/acme/skip";
  EXPECT_EQ(code_of(ops("POST", "projections/inbox/parked/zenith/skip", R"({"reason":"no"})")), "nothing_parked");
  // Whatever several operators ask for at once, what is recorded is what was accepted.
  std::atomic<std::size_t> accepted = 0;
  {
    std::vector<std::jthread> operators;
    for (int number = 0; number < 6; ++number)
      operators.emplace_back([&] {
        accepted += ops("POST", skip_what_is_parked, R"({"reason":"its row is lost"})").status == 202 ? 1U : 0U;
      });
  }
  ASSERT_GT(accepted, 0U);
  std::vector<std::string> recorded(1 + accepted, "skipped acme by oscar: its row is lost");
  recorded.front() = "retried acme by oscar";
  EXPECT_EQ(recorded_operations(), recorded);

  ASSERT_EQ(ops("POST", "projections/inbox/rebuild").status, 202U);
  EXPECT_EQ(result_of("inbox").at("outcome"), "switched");
  EXPECT_EQ(get("/v1/accounts/acme/app-requests", owner).status, 200U);
  EXPECT_EQ(projection("inbox").at("parked"), 0);
}

TEST_F(Operations, the_level_of_the_log_is_shown_and_changed_for_good_or_for_a_while) {
  const auto told = [this](std::string_view body) {
    const auto answer = body.empty() ? ops("GET", "log-level") : ops("PUT", "log-level", body);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return json_of(answer).as_object();
  };
  EXPECT_EQ(told("").at("level"), "error");
  EXPECT_FALSE(told("").contains("until"));
  EXPECT_EQ(told(R"({"level":"warning"})").at("configured"), "error");
  const auto a_while = told(R"({"level":"debug","for_seconds":86400})");
  EXPECT_EQ(a_while.at("level"), "debug");
  EXPECT_EQ(a_while.at("later"), "warning");
  EXPECT_TRUE(a_while.contains("until"));
  EXPECT_EQ(told("").at("level"), "debug");
  EXPECT_EQ(told(R"({"level":"error"})").at("level"), "error");
  EXPECT_EQ(log_level.state().level, StructuredLog::Level::error) << "and its line is written";
  EXPECT_THAT(lines_text.str(),
              HasSubstr(R"("event":"log level changed","from":"error","to":"warning","by":"oscar"})"));
}

TEST_F(Operations, the_level_of_the_log_is_changed_by_operators_and_to_what_there_is) {
  EXPECT_EQ(code_of(call("PUT", "/v1/ops/log-level", owner, R"({"level":"debug"})")), "insufficient_scope");
  EXPECT_EQ(code_of(get("/v1/ops/log-level", "")), "authentication_required");
  for (const auto* body : {R"({"level":"loud"})", R"({"level":1})", R"({})", R"({"level":"debug","for_seconds":0})",
                           R"({"level":"debug","for_seconds":86401})", R"({"level":"debug","for_seconds":"60"})",
                           R"({"level":"debug","for_seconds":1.5})", R"([])"}) {
    const auto answer = ops("PUT", "log-level", body);
    EXPECT_EQ(answer.status, 400U) << body;
    EXPECT_EQ(code_of(answer), "invalid_field") << body;
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  }
  EXPECT_EQ(code_of(ops("PUT", "log-level", R"({"level":"debug","why":"x"})")), "unknown_field");
  EXPECT_EQ(code_of(ops("PUT", "log-level", "debug")), "malformed_json");
  EXPECT_EQ(log_level.state().level, StructuredLog::Level::error);
}

TEST_F(Operations, OrdersThatSayEverythingInTheirPathTakeNoBody) {
  std::size_t orders = 0;
  for (const auto& route : routes()) {
    if (!takes_no_body(route))
      continue;
    ++orders;
    std::string path(route.path);
    if (const auto name = path.find("{name}"); name != std::string::npos)
      path.replace(name, 6, "inbox");
    if (const auto stream = path.find("{stream}"); stream != std::string::npos)
      path.replace(stream, 8, "acme");
    EXPECT_EQ(code_of(call(route.method, path, operator_token, R"({"compare_only":true})")), "unknown_field") << path;
    EXPECT_EQ(code_of(call(route.method, path, operator_token, "compare_only")), "malformed_json") << path;
    for (const auto* nothing : {"{}", " { }\n"})
      EXPECT_THAT(code_of(call(route.method, path, operator_token, nothing)),
                  testing::Not(testing::AnyOf("unknown_field", "malformed_json")))
          << path;
  }
  EXPECT_GE(orders, 9U);
}

}  // namespace
}  // namespace gatehouse::api
