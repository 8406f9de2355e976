#include "api/query_run.hpp"

#include <array>
#include <boost/json/value.hpp>
#include <future>
#include <gtest/gtest.h>

#include "tests/api/api_fixture.hpp"
#include "tests/http/waiting.hpp"

namespace gatehouse::api {
namespace {

struct QueryRun : ApiFixture {
  void SetUp() override { open_account(); }

  // Sends the query from another thread.
  std::future<http::Answer> ask(std::string target, std::string bearer) {
    return std::async(std::launch::async, [this, target, bearer] { return get(target, bearer); });
  }
  void add_member(const std::string& user) {
    ASSERT_EQ(
        command(R"({"type":"AddMember","user_id":")" + user + R"(","email":")" + user + R"(@acme.example"})").status,
        200U);
  }
};

constexpr auto apps = "/v1/accounts/acme/apps";
constexpr auto members = "/v1/accounts/acme/members";

TEST_F(QueryRun, says_what_it_answered_from) {
  const auto answer = get(apps, owner);
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_EQ(answer.header("Gatehouse-Position"), std::to_string(log.head().value));
  EXPECT_FALSE(answer.header("ETag").empty());
  EXPECT_EQ(answer.header("Cache-Control"), "private, no-cache");
}

TEST_F(QueryRun, knows_what_the_client_has) {
  const auto tag = get(members, owner).header("ETag");
  const auto same = get(members, owner, {{"If-None-Match", tag}});
  EXPECT_EQ(same.status, 304U);
  EXPECT_TRUE(same.body.empty());
  EXPECT_EQ(same.header("ETag"), tag);
  add_member("mia");
  EXPECT_EQ(get(members, owner, {{"If-None-Match", tag}}).status, 200U);
}

TEST_F(QueryRun, knows_what_the_client_has_of_what_changes_without_the_account) {
  for (const auto* list : {"/v1/accounts/acme/webhooks", "/v1/accounts/acme/notifications"}) {
    const auto tag = get(list, owner).header("ETag");
    ASSERT_FALSE(tag.empty()) << list;
    EXPECT_EQ(get(list, owner, {{"If-None-Match", tag}}).status, 304U) << list;
  }
  const auto tag = get("/v1/accounts/acme/webhooks", owner).header("ETag");
  ASSERT_EQ(
      command(
          R"({"type":"RegisterWebhook","url":"https://hooks.acme.example/x","event_types":["app.authorization_request_created"]})")
          .status,
      200U);
  EXPECT_EQ(get("/v1/accounts/acme/webhooks", owner, {{"If-None-Match", tag}}).status, 200U);
}

TEST_F(QueryRun, does_not_tell_a_client_to_keep_what_the_catalogue_has_changed) {
  add_member("mia");
  for (
      const auto* change :
      {R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})",
       R"({"type":"GrantPreApproval","app_id":"notes","audience":"everyone"})",
       R"({"type":"RestrictApp","app_id":"notes"})"})
    ASSERT_EQ(command(change).status, 200U) << change;
  std::string scope = "meeting:read:";
  for (const auto* list : {"apps", "approvals", "restrictions", "subscriptions", "app-requests", "requests"}) {
    const auto path = std::string("/v1/accounts/acme/") + list;
    const auto tag = get(path, owner).header("ETag");
    EXPECT_EQ(get(path, owner, {{"If-None-Match", tag}}).status, 304U) << list;
    scope += 'x';
    const auto change = R"({"type":"DefineScopes","scopes":[{"name":")" + scope + R"("}]})";
    ASSERT_EQ(platform_command(change).status, 200U) << change;
    EXPECT_EQ(get(path, owner, {{"If-None-Match", tag}}).status, 200U) << list;
  }
}

TEST_F(QueryRun, gives_each_resource_a_tag_that_conditions_a_command_on_it_and_on_nothing_else) {
  add_member("mia");
  ASSERT_EQ(command(R"({"type":"CreateGroup","group_id":"team","name":"Team"})").status, 200U);
  const auto registered = command(
      R"({"type":"RegisterWebhook","url":"https://hooks.acme.example/x","event_types":["app.authorization_request_created"]})");
  const std::string endpoint(json_of(registered).at("result").at("endpoint_id").as_string());
  const std::pair<std::string, std::string> guarded[] = {
      {"/v1/accounts/acme/apps/notes/approval",
       R"({"type":"GrantPreApproval","app_id":"notes","audience":"everyone"})"},
      {"/v1/accounts/acme/groups/team", R"({"type":"AddGroupMembers","group_id":"team","user_ids":["mia"]})"},
      {"/v1/accounts/acme/members/mia", R"({"type":"AssignRole","user_id":"mia","role_id":"admin"})"},
      {"/v1/accounts/acme/webhooks/" + endpoint,
       R"({"type":"ChangeWebhook","endpoint_id":")" + endpoint + R"(","url":"https://hooks.acme.example/y"})"}};
  for (const auto& [path, change] : guarded) {
    const auto tag = get(path, owner).header("ETag");
    const auto role = R"({"type":"DefineRole","role":{"id":"reader","name":")" + path + R"(","privileges":[]}})";
    ASSERT_EQ(command(role).status, 200U);
    if (!path.ends_with("approval"))  // which shows the catalogue and the directory as well
      EXPECT_EQ(get(path, owner, {{"If-None-Match", tag}}).status, 304U) << path;
    EXPECT_EQ(command(change, {{"If-Match", tag}}).status, 200U) << path;
    EXPECT_EQ(command(change, {{"If-Match", tag}}).status, 412U) << path;
    EXPECT_NE(get(path, owner).header("ETag"), tag) << path;
  }
}

TEST_F(QueryRun, tells_a_client_to_keep_a_page_for_less_than_its_token_lives) {
  add_member("mia");
  for (int number = 0; number < 2; ++number)
    ASSERT_EQ(command(R"({"type":"RegisterWebhook","url":"https://hooks.acme.example/)" + std::to_string(number) +
                      R"(","event_types":["app.authorization_request_created"]})")
                  .status,
              200U);
  for (const auto* list : {"/v1/accounts/acme/members?page_size=1", "/v1/accounts/acme/webhooks?page_size=1"}) {
    const auto page = get(list, owner);
    const auto tag = page.header("ETag");
    const auto token = std::string(json_of(page).at("next_page_token").as_string());
    ASSERT_FALSE(token.empty()) << list;
    EXPECT_EQ(get(list, owner, {{"If-None-Match", tag}}).status, 304U) << list;
    EXPECT_EQ(get(list + ("&next_page_token=" + token), owner).status, 200U) << list;
    EXPECT_NE(tag.find(".p"), std::string::npos) << "it ends before the token does: " << tag;
  }
}

TEST_F(QueryRun, does_not_tell_a_client_to_keep_what_was_erased) {
  command(R"({"type":"AddMember","user_id":"ann","email":"ann@acme.example","name":"Ann"})");
  const auto event = "/v1/accounts/acme/events/" + std::to_string(log.head().value);
  const auto before = get(event, owner);
  EXPECT_NE(before.body.find("ann@acme.example"), std::string::npos);
  const Headers known{{"If-None-Match", before.header("ETag")}};
  EXPECT_EQ(get(event, owner, known).status, 304U);
  keys->destroy({AccountId{"acme"}, "ann"});
  const auto after = get(event, owner, known);
  EXPECT_EQ(after.status, 200U);
  EXPECT_NE(after.body.find(R"("erased":["email","name"])"), std::string::npos) << after.body;
  EXPECT_NE(after.header("ETag"), before.header("ETag"));
  EXPECT_EQ(get(event, owner, {{"If-None-Match", after.header("ETag")}}).status, 304U);
}

TEST_F(QueryRun, keeps_the_tag_of_an_account_while_another_one_changes) {
  const std::array targets{std::string(apps), std::string(apps) + "/notes/installability"};
  std::vector<http::Answer> before;
  for (const auto& target : targets)
    before.push_back(get(target, owner));
  ASSERT_EQ(
      platform_command(
          R"({"type":"OpenAccount","account_id":"globex","name":"G","owner":{"user_id":"o","email":"o@g.example","name":"O"}})")
          .status,
      200U);
  for (std::size_t index = 0; index < targets.size(); ++index) {
    const auto after = get(targets[index], owner);
    EXPECT_EQ(after.header("ETag"), before[index].header("ETag"));
    EXPECT_EQ(after.body, before[index].body);
  }
  ASSERT_EQ(platform_command(R"({"type":"PublishApp","app_id":"notes","listed":false})").status, 200U);
  for (std::size_t index = 0; index < targets.size(); ++index) {
    EXPECT_NE(get(targets[index], owner).header("ETag"), before[index].header("ETag"));
  }
}

TEST_F(QueryRun, waits_for_the_read_model_and_then_includes_everything_acknowledged) {
  gate.hold();
  auto pending = ask(apps, owner);
  ASSERT_TRUE(http::eventually([&] { return gate.waiting() == 1; }));
  gate.release();
  const auto answer = pending.get();
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.header("Gatehouse-Position"), std::to_string(log.head().value));
}

TEST_F(QueryRun, gives_up_when_the_read_model_does_not_come) {
  gate.hold();
  auto pending = ask(apps, owner);
  ASSERT_TRUE(http::eventually([&] { return gate.waiting() == 1; }));
  gate.let_expire();
  const auto answer = pending.get();
  EXPECT_EQ(answer.status, 503U);
  EXPECT_EQ(code_of(answer), "projection_behind");
  EXPECT_EQ(answer.header("Retry-After"), "1");
}

TEST_F(QueryRun, does_not_wait_when_the_client_takes_what_is_there) {
  gate.hold();
  const auto answer = get(std::string(apps) + "?consistency=eventual", owner);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.header("Gatehouse-Position"), "0");
  EXPECT_TRUE(answer.header("ETag").starts_with("\"b")) << "no version that a command could name";
}

TEST_F(QueryRun, needs_no_read_model_for_what_the_state_tells) {
  gate.hold();
  EXPECT_EQ(get(members, owner).status, 200U);
}

TEST_F(QueryRun, waits_for_a_position_still_to_come) {
  auto pending = ask(std::string(members) + "?min_position=" + std::to_string(log.head().value + 1), owner);
  EXPECT_EQ(pending.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout);
  add_member("mia");
  const auto answer = pending.get();
  EXPECT_EQ(answer.status, 200U);
  EXPECT_NE(answer.body.find("mia"), std::string::npos);
}

TEST_F(QueryRun, leads_through_all_pages_with_tokens_of_its_own) {
  for (const auto* user : {"a", "b", "c", "d"})
    add_member(user);
  std::string seen;
  std::string token_text;
  int pages = 0;
  do {
    const auto answer = get(
        std::string(members) + "?page_size=2" + (token_text.empty() ? "" : "&next_page_token=" + token_text), owner);
    ASSERT_EQ(answer.status, 200U) << answer.body;
    const auto body = json_of(answer);
    for (const auto& item : body.at("items").as_array())
      seen += std::string(item.at("user_id").as_string()) + " ";
    token_text = std::string(body.at("next_page_token").as_string());
    ++pages;
  } while (!token_text.empty() && pages < 10);
  EXPECT_EQ(seen, "a b c d olga ");
  EXPECT_EQ(pages, 3);
}

TEST_F(QueryRun, takes_no_page_token_of_another_query_or_caller) {
  for (const auto* user : {"a", "b"})
    add_member(user);
  const auto first = json_of(get(std::string(members) + "?page_size=1", owner));
  const auto page_token = std::string(first.at("next_page_token").as_string());
  EXPECT_EQ(get(std::string(members) + "?page_size=2&next_page_token=" + page_token, owner).status, 200U);
  EXPECT_EQ(code_of(get("/v1/accounts/acme/roles?next_page_token=" + page_token, owner)), "invalid_page_token");
  const auto other = token("sync", "acme", "directory");
  EXPECT_EQ(code_of(get(std::string(members) + "?next_page_token=" + page_token, other)), "invalid_page_token");
  EXPECT_EQ(code_of(get(std::string(members) + "?next_page_token=x" + page_token, owner)), "invalid_page_token");
}

TEST_F(QueryRun, finds_nothing_under_names_that_cannot_exist) {
  EXPECT_EQ(code_of(get("/v1/accounts/acme/apps/a%20b", owner)), "app_not_found");
  EXPECT_EQ(code_of(get("/v1/accounts/acme/members/%C3%A9", owner)), "user_not_found");
  EXPECT_EQ(code_of(get("/v1/accounts/a%2Fb/apps", owner)), "account_not_found");
}

struct LongPoll : QueryRun {
  void SetUp() override {
    QueryRun::SetUp();
    add_member("mia");
    mia = token("mia", "acme");
    ASSERT_EQ(
        command(
            R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})")
            .status,
        200U);
    const auto asked = command_as(mia, R"({"type":"RequestPreApproval","app_id":"notes"})");
    ASSERT_EQ(asked.status, 200U) << asked.body;
    request = "/v1/accounts/acme/requests/" + std::string(json_of(asked).at("result").at("request_id").as_string());
  }
  std::string mia;
  std::string request;
};

TEST_F(LongPoll, is_answered_when_the_decision_falls) {
  auto pending = ask(request + "?wait=30", mia);
  EXPECT_EQ(pending.wait_for(std::chrono::milliseconds(150)), std::future_status::timeout);
  ASSERT_EQ(command(R"({"type":"ApproveRequests","app_id":"notes","user_ids":["mia"]})").status, 200U);
  const auto answer = pending.get();
  EXPECT_EQ(json_of(answer).at("status"), "approved") << answer.body;
}

TEST_F(LongPoll, ends_with_what_is_known_when_the_time_is_up) {
  const auto begin = std::chrono::steady_clock::now();
  const auto answer = get(request + "?wait=1", mia);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(900));
  EXPECT_EQ(json_of(answer).at("status"), "pending") << answer.body;
}

TEST_F(LongPoll, ends_soon_when_the_client_sends_no_more) {
  http::RawClient client(server.port());
  client.send("GET " + request + "?wait=60 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + mia + "\r\n\r\n");
  client.finish_sending();
  EXPECT_EQ(client.receive_answer().status, 200U);
}

TEST_F(LongPoll, is_not_held_by_what_happens_elsewhere) {
  auto pending = ask(request + "?wait=30", mia);
  add_member("zoe");
  EXPECT_EQ(pending.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
  application.begin_stop();
  EXPECT_EQ(json_of(pending.get()).at("status"), "pending");
}

TEST_F(LongPoll, takes_a_minute_at_most) { EXPECT_EQ(code_of(get(request + "?wait=61", mia)), "invalid_parameter"); }

}  // namespace
}  // namespace gatehouse::api
