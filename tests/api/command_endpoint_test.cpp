#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "identity/mint.hpp"
#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

struct CommandEndpoint : ApiFixture {
  void SetUp() override { open_account(); }

  std::uint64_t version() { return log.stream_head(AccountId("acme"))->version; }
};

constexpr std::string_view block = R"({"type":"SetUserInstallBlock","blocked":true})";
constexpr std::string_view unblock = R"({"type":"SetUserInstallBlock","blocked":false})";
constexpr std::string_view group = R"({"type":"CreateGroup","group_id":"g1","name":"One"})";

TEST_F(CommandEndpoint, answers_position_version_events_and_result) {
  const auto answer = command(group);
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto body = json_of(answer);
  const auto& event = body.at("events").at(0);
  EXPECT_EQ(body.at("position").to_number<std::uint64_t>(), log.head().value);
  EXPECT_EQ(body.at("account_version").to_number<std::uint64_t>(), version());
  EXPECT_EQ(event.at("type"), "GroupCreated");
  EXPECT_EQ(event.at("actor").at("id"), "olga");
  EXPECT_EQ(event.at("actor").at("role"), "owner");
  EXPECT_EQ(event.at("data").at("group_id"), "g1");
  EXPECT_EQ(event.at("position"), body.at("position"));
  EXPECT_EQ(body.at("result").at("group_id"), "g1");
  EXPECT_EQ(answer.header("ETag"), "\"v" + std::to_string(version()) + "\"");
  EXPECT_EQ(answer.header("Gatehouse-Position"), std::to_string(log.head().value));
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_FALSE(answer.header("X-Request-Id").empty());
}

TEST_F(CommandEndpoint, correlates_events_by_the_trace_of_the_request) {
  const auto correlation = [this](std::string_view body, const Headers& headers) {
    const auto answer = command(body, headers);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return std::string(json_of(answer).at("events").at(0).at("correlation_id").as_string());
  };
  const std::string parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  EXPECT_EQ(correlation(block, {{"traceparent", parent}}), "CvdlGRbNQ92ESOshHIAxnA");
  const auto begun = correlation(unblock, {{"traceparent", parent + "-"}});
  EXPECT_EQ(begun.size(), 22U);
  EXPECT_NE(begun, "CvdlGRbNQ92ESOshHIAxnA");
  EXPECT_NE(correlation(block, {}), begun);
}

TEST_F(CommandEndpoint, answers_no_events_to_a_command_that_changes_nothing) {
  ASSERT_EQ(command(block).status, 200U);
  const auto head = log.head();
  const auto answer = command(block);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_TRUE(json_of(answer).at("events").as_array().empty());
  EXPECT_EQ(log.head(), head);
}

TEST_F(CommandEndpoint, gives_the_stored_answer_to_the_same_key_and_body) {
  const auto first = command(group, {{"Idempotency-Key", "k1"}});
  const auto head = log.head();
  const auto again = command(group, {{"Idempotency-Key", "\"k1\""}});
  EXPECT_EQ(again.status, 200U);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(first.header("Idempotency-Replayed"), "");
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
  EXPECT_EQ(log.head(), head);
}

TEST_F(CommandEndpoint, refuses_the_same_key_with_another_body) {
  ASSERT_EQ(command(block, {{"Idempotency-Key", "k1"}}).status, 200U);
  const auto answer = command(unblock, {{"Idempotency-Key", "k1"}});
  EXPECT_EQ(answer.status, 422U);
  EXPECT_EQ(code_of(answer), "idempotency_key_reused");
}

TEST_F(CommandEndpoint, keeps_the_keys_of_different_callers_apart) {
  ASSERT_EQ(command(R"({"type":"AddMember","user_id":"mia","email":"mia@acme.example","role":"admin"})").status, 200U);
  ASSERT_EQ(command(block, {{"Idempotency-Key", "k1"}}).status, 200U);
  EXPECT_EQ(command_as(token("mia", "acme"), unblock, {{"Idempotency-Key", "k1"}}).status, 200U);
}

TEST_F(CommandEndpoint, keeps_the_keys_of_two_clients_that_act_for_one_member_apart) {
  const identity::UnixSeconds now{std::chrono::seconds{wall_clock().unix_ms / 1'000}};
  auto claims = identity::own_claims("olga", "acme", {}, now, std::chrono::hours{1});
  claims.client_id = "another-console";
  ASSERT_EQ(command(block, {{"Idempotency-Key", "k1"}}).status, 200U);
  const auto answer = command_as(identity::mint(key, claims), unblock, {{"Idempotency-Key", "k1"}});
  EXPECT_EQ(answer.status, 200U) << answer.body;
  EXPECT_EQ(answer.header("Idempotency-Replayed"), "");
  EXPECT_EQ(command(block, {{"Idempotency-Key", "k1"}}).header("Idempotency-Replayed"), "true");
}

TEST_F(CommandEndpoint, refuses_keys_and_conditions_that_are_malformed) {
  EXPECT_EQ(code_of(command(block, {{"Idempotency-Key", "a\tb"}})), "invalid_idempotency_key");
  EXPECT_EQ(code_of(command(block, {{"If-Match", "v1"}})), "invalid_precondition");
  EXPECT_EQ(command(block, {{"If-Match", "v1"}}).status, 400U);
}

TEST_F(CommandEndpoint, runs_only_at_the_version_that_if_match_names) {
  const auto permissions = get("/v1/accounts/acme/permissions", owner);
  const auto tag = permissions.header("ETag");
  ASSERT_FALSE(tag.empty());
  EXPECT_EQ(command(block, {{"If-Match", tag}}).status, 200U);
  const auto stale = command(unblock, {{"If-Match", tag}});
  EXPECT_EQ(stale.status, 412U);
  EXPECT_EQ(code_of(stale), "stale_version");
  EXPECT_EQ(command(unblock, {{"If-Match", "W/" + tag}}).status, 412U);
  const auto current = get("/v1/accounts/acme/permissions", owner).header("ETag");
  EXPECT_EQ(command(unblock, {{"If-Match", "\"v1\""}, {"If-Match", current}}).status, 200U) << "two lines are one list";
  EXPECT_EQ(command(unblock, {{"If-Match", "*"}}).status, 200U);
}

TEST_F(CommandEndpoint, makes_a_thing_only_once_when_told_that_none_is_there) {
  EXPECT_EQ(command(group, {{"If-None-Match", "*"}}).status, 200U);
  const auto there = command(group, {{"If-None-Match", " * "}});
  EXPECT_EQ(there.status, 412U);
  EXPECT_EQ(code_of(there), "stale_version");
  EXPECT_NE(there.body.find("there already"), std::string::npos) << there.body;
  EXPECT_EQ(command(group).status, 200U);
  const auto batch = command(
      R"({"commands":[{"type":"CreateGroup","group_id":"new","name":"New"},{"type":"CreateGroup","group_id":"g1","name":"One"}]})",
      {{"If-None-Match", "*"}});
  EXPECT_EQ(batch.status, 412U);
  EXPECT_EQ(json_of(batch).at("command_index"), 1);
}

TEST_F(CommandEndpoint, refuses_other_uses_of_if_none_match) {
  EXPECT_EQ(code_of(command(group, {{"If-None-Match", "\"v1\""}})), "invalid_precondition");
  EXPECT_EQ(code_of(command(group, {{"If-None-Match", "*"}, {"If-None-Match", "*"}})), "invalid_precondition");
  const auto changes = command(block, {{"If-None-Match", "*"}});
  EXPECT_EQ(changes.status, 400U);
  EXPECT_EQ(code_of(changes), "invalid_precondition");
  EXPECT_NE(changes.body.find("SetUserInstallBlock"), std::string::npos) << changes.body;
}

TEST_F(CommandEndpoint, decides_a_dry_run_and_appends_nothing) {
  const auto head = log.head();
  const auto answer =
      call("POST", "/v1/accounts/acme/commands?dry_run=true", owner, group, {{"Idempotency-Key", "k1"}});
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto body = json_of(answer);
  EXPECT_EQ(body.at("dry_run"), true);
  EXPECT_EQ(body.at("events").at(0).at("type"), "GroupCreated");
  EXPECT_EQ(log.head(), head);
  EXPECT_EQ(answer.header("ETag"), "");
  EXPECT_EQ(command(group, {{"Idempotency-Key", "k1"}}).header("Idempotency-Replayed"), "");
  EXPECT_EQ(code_of(call("POST", "/v1/accounts/acme/commands?dry_run=1", owner, group)), "invalid_parameter");
}

TEST_F(CommandEndpoint, runs_a_batch_all_or_none) {
  const auto answer = command(
      R"({"commands":[{"type":"CreateGroup","group_id":"a","name":"A"},{"type":"CreateGroup","group_id":"b","name":"B"}]})");
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto body = json_of(answer);
  EXPECT_EQ(body.at("results").at(1).at("group_id"), "b");
  EXPECT_FALSE(body.as_object().contains("result"));
  EXPECT_EQ(body.at("events").at(0).at("commit").at("count"), 2);

  const auto head = log.head();
  const auto refused = command(
      R"({"commands":[{"type":"CreateGroup","group_id":"c","name":"C"},{"type":"RemoveGroup","group_id":"x"}]})");
  EXPECT_EQ(code_of(refused), "group_not_found");
  EXPECT_EQ(json_of(refused).at("command_index"), 1);
  EXPECT_EQ(log.head(), head);
}

TEST_F(CommandEndpoint, sends_each_command_to_its_door) {
  const auto wrong = command(
      R"({"type":"OpenAccount","account_id":"x","name":"X","owner":{"user_id":"o","email":"o@x.example","name":"O"}})");
  EXPECT_EQ(code_of(wrong), "unknown_command");
  EXPECT_NE(wrong.body.find("/v1/platform/commands"), std::string::npos);
  EXPECT_EQ(code_of(platform_command(block)), "unknown_command");
  EXPECT_EQ(code_of(call("POST", "/v1/platform/commands", owner, block)), "insufficient_scope");
}

TEST_F(CommandEndpoint, asks_for_confirmation_with_the_impact_and_a_token) {
  ASSERT_EQ(command(R"({"type":"GrantPreApproval","app_id":"notes","audience":"everyone"})").status, 200U);
  ASSERT_EQ(command(R"({"type":"Install","app_id":"notes"})").status, 200U);
  const auto asked = command(R"({"type":"DisablePreApproval","app_id":"notes"})");
  ASSERT_EQ(asked.status, 409U);
  ASSERT_EQ(code_of(asked), "confirmation_required");
  const auto problem = json_of(asked);
  EXPECT_EQ(problem.at("impact").at("subscriptions"), 1);
  const auto confirmation = std::string(problem.at("confirmation_token").as_string());
  const auto done = command(R"({"type":"DisablePreApproval","app_id":"notes","confirmation":")" + confirmation + "\"}");
  EXPECT_EQ(done.status, 200U) << done.body;
}

TEST_F(CommandEndpoint, wants_json_said_to_be_json) {
  EXPECT_EQ(command(block, {{"Content-Type", "text/plain"}}).status, 415U);
  EXPECT_EQ(command(block, {{"Content-Type", "application/x-www-form-urlencoded"}}).status, 415U);
  EXPECT_EQ(command("{", {}).status, 400U);
  EXPECT_EQ(code_of(command("{}")), "invalid_field");
}

TEST_F(CommandEndpoint, leaves_no_trace_of_what_it_refuses) {
  const auto head = log.head();
  EXPECT_EQ(code_of(command_as(token("nobody", "acme"), block)), "not_a_member");
  EXPECT_EQ(code_of(command(R"({"type":"ActivateApp","app_id":"none"})")), "app_not_found");
  EXPECT_EQ(code_of(command(R"({"type":"SetNotificationSettings","enabled":true,"recipients":["nobody"]})")),
            "recipient_not_eligible");
  EXPECT_EQ(log.head(), head);
}

TEST_F(CommandEndpoint, tells_each_failure_of_the_log_apart) {
  log.refuse_appends(AppendStatus::unavailable, "disk_full: 1 MiB left");
  const auto full = command(block);
  EXPECT_EQ(full.status, 503U);
  EXPECT_EQ(code_of(full), "disk_full");
  EXPECT_FALSE(full.header("Retry-After").empty());
  log.refuse_appends(AppendStatus::unknown, "failed");
  EXPECT_EQ(code_of(command(block)), "outcome_unknown");
  EXPECT_EQ(json_of(get("/readyz", "")).at("reasons").at(0), "read_only:failed");
  EXPECT_EQ(get("/readyz", "").status, 503U);
}

TEST_F(CommandEndpoint, answers_busy_or_stopping_once_it_takes_nothing_more) {
  commands.stop();
  const auto answer = command(block);
  EXPECT_EQ(answer.status, 503U);
  EXPECT_FALSE(answer.header("Retry-After").empty());
}

}  // namespace
}  // namespace gatehouse::api
