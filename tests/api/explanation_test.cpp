// Why: what is said of a decision is what it rested on.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <future>
#include <gmock/gmock.h>

#include "api/question_lanes.hpp"
#include "domain/erasure.hpp"
#include "tests/api/api_fixture.hpp"
#include "tests/http/waiting.hpp"
#include "tests/replay/story.hpp"

namespace gatehouse::api {
namespace {

namespace json = boost::json;

struct Explanation : ApiFixture {
  Explanation() { open_account(); }

  // The position of its last event.
  std::uint64_t run(std::string_view body, const std::string& bearer = {}) {
    const auto answer = command_as(bearer.empty() ? owner : bearer, body);
    EXPECT_EQ(answer.status, 200U) << body << answer.body;
    return log.head().value;
  }
  // The token that the command asks for.
  std::string confirmation_of(const std::string& command_type) {
    const auto answer = command(R"({"type":")" + command_type + R"(","app_id":"notes"})");
    return std::string(json_of(answer).at("confirmation_token").as_string());
  }
  std::uint64_t add_member(const std::string& user) {
    return run(R"({"type":"AddMember","user_id":")" + user + R"(","email":")" + user + "@acme.example\"}");
  }
  json::object ask(const std::string& path, const std::string& bearer = {}) {
    const auto answer = get("/v1/accounts/acme/" + path, bearer.empty() ? owner : bearer);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return json_of(answer).as_object();
  }
  json::object event(std::uint64_t position) { return ask("events/" + std::to_string(position) + "/explanation"); }
};

const json::object& input(const json::object& explained, std::string_view row) {
  static const json::object none;
  for (const auto& one : explained.at("inputs").as_array()) {
    if (one.at("row").as_string() == row)
      return one.as_object();
  }
  ADD_FAILURE() << "no input " << row << " in " << json::serialize(explained.at("inputs"));
  return none;
}

// The event that had set a member of a row.
const json::object& setter(const json::object& explained, std::string_view row, std::string_view member) {
  static const json::object none;
  for (const auto& event : input(explained, row).at("set_by").as_array()) {
    const auto& members = event.at("members").as_array();
    if (std::ranges::any_of(members, [&](const auto& name) { return name.as_string() == member; }))
      return event.as_object();
  }
  ADD_FAILURE() << "nothing set " << member << " of " << row << " in " << json::serialize(explained.at("inputs"));
  return none;
}

std::uint64_t set_by(const json::object& explained, std::string_view row, std::string_view member) {
  return setter(explained, row, member).at("position").to_number<std::uint64_t>();
}

TEST_F(Explanation, of_an_event_names_command_rules_and_what_it_rested_on) {
  const auto joined = add_member("ann");
  const auto policy = run(
      R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})");
  const auto renamed = run(R"({"type":"ChangeMember","user_id":"ann","name":"Ann the first"})");
  const auto asked = run(R"({"type":"RequestPreApproval","app_id":"notes","reason":"to try"})", token("ann", "acme"));
  run(R"({"type":"ChangeMember","user_id":"ann","name":"Another"})");
  const auto explained = event(asked);
  EXPECT_EQ(explained.at("event").at("type").as_string(), "PreApprovalRequested");
  EXPECT_EQ(
      explained.at("command"),
      (json::object{
          {"type", "RequestPreApproval"}, {"app_id", "notes"}, {"reason", "to try"}, {"credentials", "production"}}));
  EXPECT_TRUE(explained.at("reproduced").as_bool());
  EXPECT_EQ(explained.at("basis").to_number<std::uint64_t>(), asked - 1);
  const auto& rules = explained.at("rules").as_array();
  EXPECT_TRUE(std::ranges::any_of(
      rules, [](const auto& rule) { return rule.at("rule").as_string() == "request_already_pending"; }));
  EXPECT_EQ(input(explained, "member acme/ann").at("value").at("name").as_string(), "Ann the first")
      << "as it was then";
  EXPECT_EQ(set_by(explained, "member acme/ann", "name"), renamed);
  EXPECT_EQ(set_by(explained, "member acme/ann", "status"), joined);
  EXPECT_EQ(set_by(explained, "account acme", "public_policy"), policy);
  EXPECT_EQ(set_by(explained, "account acme", "active_members"), joined);
  EXPECT_EQ(setter(explained, "account acme", "public_policy").at("type").as_string(), "ApprovalPolicyChanged");
  EXPECT_EQ(setter(explained, "account acme", "public_policy").at("actor_id").as_string(), "olga");
  EXPECT_FALSE(input(explained, "account acme").contains("others_until"));
}

TEST_F(Explanation, of_a_change_leaves_out_what_was_empty_and_stayed_so) {
  add_member("ann");
  const auto renamed = run(R"({"type":"ChangeMember","user_id":"ann","name":"Ann the first"})");
  EXPECT_EQ(event(renamed).at("command"),
            (json::object{{"type", "ChangeMember"}, {"user_id", "ann"}, {"name", "Ann the first"}}));
}

TEST_F(Explanation, of_an_entry_that_was_taken_off_says_that_the_address_is_erased) {
  run(R"({"type":"Install","app_id":"notes"})");
  run(R"({"type":"GrantPreApproval","app_id":"notes","audience":"selected","emails":["ghost@acme.example"]})");
  const auto removed = run(R"({"type":"RemoveAllowListEntries","app_id":"notes","emails":["ghost@acme.example"]})");
  const auto before = event(removed);
  ASSERT_TRUE(before.at("reproduced").as_bool());
  const auto entry =
      json_of(get("/v1/accounts/acme/events/" + std::to_string(removed), owner)).at("data").at("entry_id");
  ASSERT_TRUE(keys->destroy({AccountId{"acme"}, entry_subject(EntryId{std::string(entry.as_string())})}).has_value());
  const auto after = event(removed);
  EXPECT_FALSE(after.at("reproduced").as_bool());
  EXPECT_NE(std::string(after.at("detail").as_string()).find("is erased"), std::string::npos) << after;
}

TEST_F(Explanation, of_a_batch_tells_its_commands_apart) {
  add_member("ann");
  const auto last = run(R"({"commands":[{"type":"CreateGroup","group_id":"staff","name":"Staff"},)"
                        R"({"type":"AddGroupMembers","group_id":"staff","user_ids":["ann","olga"]}]})");
  const auto explained = event(last);
  EXPECT_EQ(explained.at("command"),
            (json::object{{"type", "AddGroupMembers"}, {"group_id", "staff"}, {"user_ids", {"ann", "olga"}}}));
  EXPECT_EQ(explained.at("events"), (json::array{last - 1, last}));
  EXPECT_EQ(set_by(explained, "group acme/staff", "name"), last - 2) << "by the command before it in the batch";
  EXPECT_EQ(event(last - 2).at("command").at("type").as_string(), "CreateGroup");
}

TEST_F(Explanation, tells_commands_of_a_kind_apart_by_the_order_of_their_events) {
  run(R"({"type":"CreateGroup","group_id":"team","name":"Team"})");
  for (const auto* user : {"ann", "bob"})
    add_member(user);
  run(R"({"type":"Install","app_id":"notes"})");
  for (
      const auto* batch :
      {R"({"type":"AddAllowListEntries","app_id":"notes","group_ids":["team"]},{"type":"AddAllowListEntries","app_id":"notes","user_ids":["ann"]})",
       R"({"type":"AddAllowListEntries","app_id":"notes","user_ids":["bob"]},{"type":"AddAllowListEntries","app_id":"notes","emails":["zoe@acme.example"]})",
       R"({"type":"RemoveAllowListEntries","app_id":"notes","group_ids":["team"]},{"type":"RemoveAllowListEntries","app_id":"notes","user_ids":["ann"]})",
       R"({"type":"ChangeMember","user_id":"ann","email":"ann2@acme.example"},{"type":"AssignRole","user_id":"ann","role_id":"admin"})"}) {
    const auto last = run(std::string(R"({"commands":[)") + batch + "]}");
    for (const auto position : {last - 1, last})
      EXPECT_TRUE(event(position).at("reproduced").as_bool()) << batch << position;
  }
}

TEST_F(Explanation, knows_members_who_were_named_by_their_address) {
  add_member("ann");
  const auto granted = run(
      R"({"type":"GrantPreApproval","app_id":"notes","audience":"selected","emails":["ann@acme.example","new@acme.example"]})");
  EXPECT_TRUE(event(granted).at("reproduced").as_bool());
}

TEST_F(Explanation, knows_addresses_that_were_taken_off_a_list_and_were_nobodys) {
  run(R"({"type":"GrantPreApproval","app_id":"notes","audience":"selected","emails":["a@x.example","b@x.example"]})");
  const auto removed =
      run(R"({"type":"RemoveAllowListEntries","app_id":"notes","emails":["b@x.example","a@x.example"]})");
  const auto explained = event(removed);
  EXPECT_TRUE(explained.at("reproduced").as_bool());
  EXPECT_EQ(explained.at("command").at("emails"), (json::array{"b@x.example", "a@x.example"}));
}

TEST_F(Explanation, of_one_change_of_a_member_is_of_all_of_it) {
  add_member("ann");
  const auto last =
      run(R"({"type":"ChangeMember","user_id":"ann","role":"admin","name":"Ann","email":"first@acme.example"})");
  const auto explained = event(last);
  EXPECT_EQ(explained.at("command").at("type").as_string(), "ChangeMember");
  EXPECT_EQ(explained.at("events").as_array().size(), 3U);
  EXPECT_EQ(explained.at("basis").to_number<std::uint64_t>(), last - 3);
  EXPECT_EQ(event(last - 2).at("events"), explained.at("events"));
  const auto role = run(R"({"type":"AssignRole","user_id":"ann","role_id":"member"})");
  EXPECT_EQ(event(role).at("command").at("type").as_string(), "AssignRole");
}

// Held at the projection, so that they do not end.
TEST_F(Explanation, are_taken_a_few_at_a_time) {
  const auto path = "/v1/accounts/acme/events/" + std::to_string(add_member("ann")) + "/explanation";
  std::vector<std::future<http::Answer>> asked;
  gate.hold();
  for (int number = 0; number < long_questions_max; ++number)
    asked.push_back(std::async(std::launch::async, [&] { return get(path, owner); }));
  ASSERT_TRUE(http::eventually([&] { return gate.waiting() == std::size_t{long_questions_max}; }));
  EXPECT_EQ(code_of(get(path, owner)), "busy");
  gate.release();
  for (auto& answer : asked)
    EXPECT_EQ(answer.get().status, 200U);
  EXPECT_EQ(get(path, owner).status, 200U) << "turns are given back";
}

TEST_F(Explanation, of_an_account_begins_with_its_opening) {
  for (const std::uint64_t version : {1U, 2U}) {
    const auto position = log.read_stream(AccountId{"acme"}, version - 1, 1).events.front().position.value;
    const auto explained = event(position);
    ASSERT_TRUE(explained.at("reproduced").as_bool()) << version;
    EXPECT_EQ(explained.at("command").at("type").as_string(), "OpenAccount");
    EXPECT_EQ(explained.at("command").at("owner").at("user_id").as_string(), "olga");
    EXPECT_EQ(explained.at("events").as_array().size(), 2U);
  }
}

TEST_F(Explanation, of_a_webhook_says_what_was_registered) {
  run(R"({"type":"RegisterWebhook","url":"https://hooks.acme.example/x","event_types":["app.authorization_request_created"]})");
  const auto explained = event(log.stream_head(AccountId{"acme"})->position.value);
  ASSERT_TRUE(explained.at("reproduced").as_bool());
  EXPECT_EQ(explained.at("command").at("url").as_string(), "https://hooks.acme.example/x");
}

TEST_F(Explanation, says_when_what_was_decided_on_is_erased) {
  const auto joined = add_member("ann");
  static_cast<void>(keys->destroy({AccountId{"acme"}, "ann"}));
  const auto explained = event(joined);
  EXPECT_FALSE(explained.at("reproduced").as_bool());
  EXPECT_NE(explained.at("detail").as_string().find("erased"), json::string::npos);
  EXPECT_FALSE(explained.contains("inputs"));
}

TEST_F(Explanation, of_installability_has_every_step_of_the_gate_now_and_then) {
  const auto joined = add_member("ann");
  const auto policy = run(
      R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})");
  const auto now = ask("apps/notes/installability/explanation?user_id=ann");
  EXPECT_FALSE(now.at("allowed").as_bool());
  const auto& rules = now.at("rules").as_array();
  ASSERT_EQ(rules.size(), 10U);
  EXPECT_EQ(rules[7].at("code").as_string(), "pre_approval_required");
  EXPECT_FALSE(rules[7].at("holds").as_bool());
  EXPECT_EQ(rules[2].at("because").as_string(), "active_member");
  EXPECT_EQ(set_by(now, "account acme", "public_policy"), policy);
  EXPECT_EQ(set_by(now, "member acme/ann", "status"), joined);
  const auto then = ask("apps/notes/installability/explanation?user_id=ann&as_of=" + std::to_string(joined));
  EXPECT_TRUE(then.at("allowed").as_bool());
  EXPECT_EQ(then.at("rules").as_array()[7].at("because").as_string(), "not_required");
  EXPECT_LT(set_by(then, "account acme", "public_policy"), joined);
}

TEST_F(Explanation, says_nothing_of_an_app_that_is_hidden) {
  const auto visible = json::serialize(ask("apps/notes/installability/explanation").at("inputs"));
  EXPECT_NE(visible.find("app notes"), std::string::npos);
  EXPECT_EQ(visible.find("creator_id"), std::string::npos) << "who makes it";
  run(R"({"type":"GrantPreApproval","app_id":"notes","audience":"everyone"})");
  ASSERT_EQ(platform_command(R"({"type":"UnpublishApp","app_id":"notes"})").status, 200U);
  run(R"({"type":"DisablePreApproval","app_id":"notes","confirmation":")" + confirmation_of("DisablePreApproval") +
      "\"}");
  const auto hidden = event(log.stream_head(AccountId{"acme"})->position.value);
  ASSERT_TRUE(hidden.at("reproduced").as_bool());
  EXPECT_EQ(json::serialize(hidden.at("inputs")).find("\"app notes\""), std::string::npos);
}

TEST_F(Explanation, is_for_those_who_may_look) {
  const auto joined = add_member("ann");
  const auto ann = token("ann", "acme");
  const auto of_event = "/v1/accounts/acme/events/" + std::to_string(joined) + "/explanation";
  EXPECT_EQ(get(of_event, ann).status, 403U);
  const auto own = ask("apps/notes/installability/explanation", ann);
  EXPECT_EQ(own.at("rules").as_array().size(), 10U);
  EXPECT_FALSE(own.contains("inputs")) << "what the rows hold is for those who may look at the account";
  EXPECT_EQ(get("/v1/accounts/acme/apps/notes/installability/explanation?user_id=olga", ann).status, 403U);
  EXPECT_EQ(get(of_event, token("watch", "acme", "auditor")).status, 200U);
  EXPECT_EQ(get("/v1/accounts/acme/events/999999/explanation", owner).status, 404U);
  const auto catalogue = std::to_string(log.stream_head(catalogue_stream)->position.value);
  EXPECT_EQ(get("/v1/accounts/acme/events/" + catalogue + "/explanation", owner).status, 404U);
  EXPECT_EQ(get("/v1/accounts/acme/events/abc/explanation", owner).status, 404U);
}

}  // namespace
}  // namespace gatehouse::api
