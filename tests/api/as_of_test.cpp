// Every query of an account, asked about the past, answers byte for byte what it answered then.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <random>
#include <regex>

#include "api/route.hpp"
#include "events/frame.hpp"
#include "tests/api/api_fixture.hpp"
#include "tests/replay/story.hpp"

namespace gatehouse::api {
namespace {

namespace json = boost::json;

struct AsOfQuery : ApiFixture {
  // Of the story's first account.
  std::string its_owner = token("owner", "account-0");

  http::Answer ask(const std::string& target, const std::string& as_of = "") {
    const auto sign = target.find('?') == std::string::npos ? "?" : "&";
    return get(as_of.empty() ? target : target + sign + "as_of=" + as_of, its_owner);
  }
  // Ids of what a list shows now.
  std::vector<std::string> ids(const std::string& list, std::string_view member) {
    std::vector<std::string> found;
    const auto body = json_of(ask("/v1/accounts/account-0/" + list));
    for (const auto& item : body.at("items").as_array())
      found.emplace_back(item.as_object().at(member).as_string());
    return found;
  }
};

std::string filled_in(std::string_view path, const std::map<std::string, std::string>& values) {
  std::string target(path);
  for (const auto& [name, value] : values) {
    const auto at = target.find("{" + name + "}");
    if (at != std::string::npos)
      target.replace(at, name.size() + 2, value);
  }
  return target;
}

// A token leads on in the list that gave it alone.
std::string without_token(const http::Answer& answer) {
  static const std::regex token(R"("next_page_token":"[^"]+")");
  return std::to_string(answer.status) + " " + std::regex_replace(answer.body, token, "\"next_page_token\":\"...\"");
}

struct Asked {
  std::string target;
  Position position;
  std::string answer;
};

// One of each of what the account has.
std::map<std::string, std::string> names_now(AsOfQuery& api, std::mt19937_64& random) {
  std::map<std::string, std::string> names{{"account_id", "account-0"},
                                           {"app_id", "app-" + std::to_string(random() % 6)},
                                           {"user_id", "user-" + std::to_string(random() % 6)},
                                           {"role_id", "admin"},
                                           {"group_id", "none"},
                                           {"request_id", "none"},
                                           {"endpoint_id", "none"},
                                           {"position", std::to_string(1 + random() % api.log.head().value)}};
  for (const auto& [list, name] : {std::pair{"groups", "group_id"}, std::pair{"requests?page_size=300", "request_id"},
                                   std::pair{"webhooks", "endpoint_id"}}) {
    const auto found = api.ids(list, name);
    if (!found.empty())
      names[name] = found[random() % found.size()];
  }
  return names;
}

std::vector<Asked> ask_everything(AsOfQuery& api, std::mt19937_64& random) {
  std::vector<Asked> all;
  const auto names = names_now(api, random);
  for (const auto& route : routes()) {
    const bool of_account = route.path.starts_with("/v1/accounts/") && std::holds_alternative<Query>(route.endpoint);
    if (!of_account || !route.answers_past)
      continue;
    auto target = filled_in(route.path, names);
    if (route.answers == Route::Answers::list)
      target += random() % 2 == 0 ? "?page_size=3" : "?page_size=300";
    const auto answer = api.ask(target);
    EXPECT_NE(answer.status / 100, 5U) << target << answer.body;
    all.push_back({target, api.log.head(), without_token(answer)});
  }
  EXPECT_GT(all.size(), 20U);
  return all;
}

TEST_F(AsOfQuery, every_query_answers_as_it_did_then) {
  std::mt19937_64 random(20261128);
  gatehouse::testing::Story story(log, 7, {.keys = keys.get()});
  std::vector<Asked> asked;
  for (int round = 0; round < 12; ++round) {
    story.go_on(40);
    for (auto& one : ask_everything(*this, random))
      asked.push_back(std::move(one));
  }
  std::size_t found = 0;
  for (const auto& one : asked) {
    const auto again = ask(one.target, std::to_string(one.position.value));
    ASSERT_EQ(without_token(again), one.answer) << one.target << " as of " << one.position.value;
    EXPECT_EQ(again.header("Gatehouse-Position"),
              one.answer.starts_with("200") ? std::to_string(one.position.value) : "");
    EXPECT_EQ(again.header("ETag").starts_with("\"b"), one.answer.starts_with("200")) << one.target;
    found += again.status == 200 ? 1 : 0;
  }
  EXPECT_GT(found, asked.size() / 2);
}

TEST_F(AsOfQuery, takes_a_time) {
  gatehouse::testing::Story story(log, 7, {.keys = keys.get()});
  story.go_on(100);
  const auto members = ask("/v1/accounts/account-0/members");
  const auto last = decode_frame(log.read_at(log.head())->frame)->envelope.recorded_at;
  story.go_on(100);
  const auto then = ask("/v1/accounts/account-0/members", time_text(last));
  EXPECT_EQ(then.body, members.body);
  EXPECT_EQ(code_of(ask("/v1/accounts/account-0/members", "2001-01-01T00:00:00Z")), "account_not_found");
}

TEST_F(AsOfQuery, pages_go_on_in_the_past) {
  open_account();
  for (const auto* user : {"ann", "bob", "cid"})
    command(R"({"type":"AddMember","user_id":")" + std::string(user) + R"(","email":")" + user + "@acme.example\"}");
  const auto position = std::to_string(log.head().value);
  command(R"({"type":"AddMember","user_id":"ava","email":"ava@acme.example"})");
  std::string target = "/v1/accounts/acme/members?page_size=1&as_of=" + position;
  std::vector<std::string> seen;
  for (std::string next = target; !next.empty();) {
    const auto body = json_of(get(next, owner));
    for (const auto& item : body.at("items").as_array())
      seen.emplace_back(item.at("user_id").as_string());
    const std::string page_token(body.at("next_page_token").as_string());
    next = page_token.empty() ? "" : target + "&next_page_token=" + page_token;
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"ann", "bob", "cid", "olga"}));
}

TEST_F(AsOfQuery, who_may_ask_is_decided_by_now) {
  open_account();
  const auto before = std::to_string(log.head().value);
  command(R"({"type":"AddMember","user_id":"ann","email":"ann@acme.example"})");
  ASSERT_EQ(command(R"({"type":"AssignRole","user_id":"ann","role_id":"admin"})").status, 200U);
  const auto as_admin = std::to_string(log.head().value);
  const auto ann = token("ann", "acme");
  EXPECT_EQ(get("/v1/accounts/acme/permissions?as_of=" + before, ann).status, 200U) << "she may now";
  ASSERT_EQ(command(R"({"type":"AssignRole","user_id":"ann","role_id":"member"})").status, 200U);
  EXPECT_EQ(get("/v1/accounts/acme/permissions?as_of=" + as_admin, ann).status, 403U) << "she might then";
}

TEST_F(AsOfQuery, refuses_what_is_to_come_and_what_cannot_be) {
  open_account();
  const std::string members = "/v1/accounts/acme/members?as_of=";
  EXPECT_EQ(code_of(get(members + std::to_string(log.head().value + 1), owner)), "as_of_in_future");
  EXPECT_EQ(code_of(get(members + "2999-01-01T00:00:00Z", owner)), "as_of_in_future");
  EXPECT_EQ(code_of(get(members + "yesterday", owner)), "invalid_parameter");
  EXPECT_EQ(code_of(get(members + "-1", owner)), "invalid_parameter");
  EXPECT_EQ(code_of(get(members + "0", owner)), "account_not_found");
  const auto stream = get("/v1/accounts/acme/requests?as_of=1", owner, {{"Accept", "text/event-stream"}});
  EXPECT_EQ(code_of(stream), "invalid_parameter");
  const auto position = std::to_string(log.head().value);
  EXPECT_EQ(get("/v1/accounts/acme/webhooks/none/secret?as_of=" + position, owner).status, 400U)
      << "secrets have no past";
}

TEST_F(AsOfQuery, decisions_are_those_of_then) {
  open_account();
  command(R"({"type":"AddMember","user_id":"ann","email":"ann@acme.example"})");
  const auto allowed_at = log.head().value;
  command(
      R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})");
  const json::object question{{"subject", {{"type", "user"}, {"id", "ann"}}},
                              {"action", {{"name", "install"}}},
                              {"resource", {{"type", "app"}, {"id", "notes"}}}};
  const auto decided = [&](std::string_view path, json::object asked, const json::object& context) {
    asked["context"] = context;
    return json_of(call("POST", "/access/v1/" + std::string(path), owner, json::serialize(asked)));
  };
  EXPECT_FALSE(decided("evaluation", question, {}).at("decision").as_bool());
  const auto then = decided("evaluation", question, {{"as_of", allowed_at}});
  EXPECT_TRUE(then.at("decision").as_bool());
  EXPECT_EQ(then.at("context").at("basis").at("position").to_number<std::uint64_t>(), allowed_at);
  EXPECT_TRUE(decided("evaluation", question, {{"at_position", allowed_at}}).at("decision").as_bool());
  auto escaped = json::object(question);
  escaped["context"] = {{"as_of", allowed_at}};
  auto text = json::serialize(escaped);
  text.replace(text.find("as_of"), 5, "as\\u005fof");
  EXPECT_TRUE(json_of(call("POST", "/access/v1/evaluation", owner, text)).at("decision").as_bool());
  EXPECT_TRUE(decided("evaluation", question, {{"as_of", std::to_string(allowed_at)}}).at("decision").as_bool());

  json::object batch{{"subject", question.at("subject")}, {"action", question.at("action")}};
  batch["evaluations"] = json::array{{{"resource", question.at("resource")}},
                                     {{"resource", question.at("resource")}, {"context", {{"as_of", 1}}}}};
  const auto evaluations = decided("evaluations", batch, {{"as_of", allowed_at}}).at("evaluations").as_array();
  EXPECT_TRUE(evaluations[0].at("decision").as_bool());
  EXPECT_FALSE(evaluations[1].at("decision").as_bool());
  EXPECT_EQ(evaluations[1].at("context").at("error").at("status").to_number<int>(), 400);

  json::object search{
      {"subject", question.at("subject")}, {"action", question.at("action")}, {"resource", {{"type", "app"}}}};
  EXPECT_TRUE(decided("search/resource", search, {}).at("results").as_array().empty());
  EXPECT_EQ(decided("search/resource", search, {{"as_of", allowed_at}}).at("results").as_array().size(), 1U);
  EXPECT_EQ(call("POST", "/access/v1/evaluation", owner,
                 json::serialize(json::object{{"subject", question.at("subject")},
                                              {"action", question.at("action")},
                                              {"resource", question.at("resource")},
                                              {"context", {{"as_of", allowed_at + 1'000}}}}))
                .status,
            400U);
}

// Who may read all events may read what they came to.
TEST_F(AsOfQuery, is_for_auditors_too_who_ask_nothing_of_now) {
  open_account();
  const auto auditor = token("watch", "acme", "auditor");
  const auto now = std::to_string(log.head().value);
  for (const std::string query : {"members", "permissions", "apps", "requests", "subscriptions", "members/olga",
                                  "apps/notes/installability?user_id=olga"}) {
    const auto target = "/v1/accounts/acme/" + query;
    const auto as_of = target + (query.find('?') == std::string::npos ? "?" : "&") + "as_of=" + now;
    EXPECT_EQ(get(target, auditor).status, 403U) << query;
    const auto seen = get(as_of, auditor);
    EXPECT_EQ(seen.status, 200U) << query << seen.body;
    if (query != "apps")  // which says what the caller himself may do
      EXPECT_EQ(seen.body, get(as_of, owner).body) << query;
  }
  EXPECT_EQ(code_of(get("/v1/accounts/acme/members?as_of=x", auditor)), "invalid_parameter");
  EXPECT_EQ(get("/v1/accounts/other/members?as_of=" + now, auditor).status, 404U);
}

}  // namespace
}  // namespace gatehouse::api
