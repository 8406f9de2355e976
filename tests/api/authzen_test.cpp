// AuthZEN's endpoints with the marketplace's own policy: what is asked about users and apps, over a real socket.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

struct AuthZen : ApiFixture {
  AuthZen() {
    open_account();
    for (const auto* user : {"ann", "bob", "cid"}) {
      const auto body =
          R"({"type":"AddMember","user_id":")" + std::string(user) + R"(","email":")" + user + "@acme.example\"}";
      EXPECT_EQ(command(body).status, 200U);
    }
  }

  void run(std::string_view body) {
    const auto answer = command(body);
    EXPECT_EQ(answer.status, 200U) << body << answer.body;
  }
  void require_approval() {
    run(R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})");
  }
  http::Answer post(std::string_view path, const json::value& body, const std::string& bearer) {
    return call("POST", "/access/v1/" + std::string(path), bearer, json::serialize(body));
  }
  static json::object question(std::string_view user, std::string_view action, std::string_view app = "notes") {
    return {{"subject", {{"type", "user"}, {"id", user}}},
            {"action", {{"name", action}}},
            {"resource", {{"type", "app"}, {"id", app}}}};
  }
  json::object evaluate(const json::object& asked) {
    const auto answer = post("evaluation", asked, owner);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return json_of(answer).as_object();
  }
  bool decision(std::string_view user, std::string_view action, std::string_view app = "notes") {
    return evaluate(question(user, action, app)).at("decision").as_bool();
  }
  std::vector<std::string> unmet(std::string_view user, std::string_view action, std::string_view app = "notes") {
    std::vector<std::string> codes;
    const auto answer = evaluate(question(user, action, app));
    for (const auto& condition : answer.at("context").at("unmet").as_array())
      codes.emplace_back(condition.at("code").as_string());
    return codes;
  }
  std::vector<std::string> found(std::string_view path, const json::object& asked) {
    const auto answer = post("search/" + std::string(path), asked, owner);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    std::vector<std::string> names;
    const auto body = json_of(answer);
    for (const auto& result : body.at("results").as_array())
      names.emplace_back(result.as_object().contains("id") ? result.at("id").as_string()
                                                           : result.at("name").as_string());
    return names;
  }
  std::vector<std::string> who_may(std::string_view action, std::string_view app = "notes") {
    auto asked = question("x", action, app);
    asked["subject"] = {{"type", "user"}};
    return found("subject", asked);
  }
  std::vector<std::string> what_may(std::string_view user, std::string_view action) {
    auto asked = question(user, action);
    asked["resource"] = {{"type", "app"}};
    return found("resource", asked);
  }
};

TEST_F(AuthZen, InstallIsWhatTheGateSays) {
  EXPECT_TRUE(decision("ann", "install"));
  require_approval();
  const auto denial = evaluate(question("ann", "install"));
  EXPECT_FALSE(denial.at("decision").as_bool());
  const auto& context = denial.at("context");
  EXPECT_EQ(context.at("unmet").at(0).at("code").as_string(), "pre_approval_required");
  EXPECT_EQ(context.at("next_action").as_string(), "request_pre_approve");
  EXPECT_EQ(context.at("reason_user").at("403").as_string(), "The app needs pre-approval.");
  EXPECT_EQ(context.at("reason_admin").at("403").as_string(), "pre_approval_required: The app needs pre-approval.");
  EXPECT_GT(context.at("basis").at("position").to_number<int>(), 0);
  run(R"({"type":"RestrictApp","app_id":"notes"})");
  EXPECT_THAT(unmet("ann", "install"), ElementsAre("app_restricted", "pre_approval_required"));
  EXPECT_THAT(unmet("nobody", "install"), ElementsAre("not_a_member", "app_restricted", "pre_approval_required"));
}

TEST_F(AuthZen, OtherActionsAreWhatTheirCommandsWouldAnswer) {
  EXPECT_THAT(unmet("ann", "request_pre_approval"), ElementsAre("approval_not_required"));
  require_approval();
  EXPECT_TRUE(decision("ann", "request_pre_approval"));
  EXPECT_THAT(unmet("ann", "request_install"), ElementsAre("user_level_app"));
  EXPECT_THAT(unmet("ann", "uninstall"), ElementsAre("not_installed"));
  EXPECT_THAT(unmet("ann", "pre_approve"), ElementsAre("privilege_required"));
  EXPECT_TRUE(decision("olga", "pre_approve"));
  EXPECT_TRUE(decision("olga", "reject_request"));
  EXPECT_TRUE(decision("olga", "view_requests"));
  EXPECT_TRUE(decision("olga", "change_permissions"));
  EXPECT_FALSE(decision("ann", "view_requests"));
  run(R"({"type":"GrantPreApproval","app_id":"notes","audience":"everyone"})");
  EXPECT_THAT(unmet("ann", "pre_approve"), ElementsAre("privilege_required", "already_granted"));
  EXPECT_EQ(command_as(token("ann", "acme"), R"({"type":"Install","app_id":"notes"})").status, 200U);
  EXPECT_TRUE(decision("ann", "uninstall"));
  EXPECT_THAT(unmet("ann", "install"), ElementsAre("already_installed"));
  const auto before = log.head();
  EXPECT_TRUE(decision("ann", "uninstall")) << "asking leaves no trace";
  EXPECT_EQ(log.head(), before);
}

TEST_F(AuthZen, WhatDoesNotExistIsDenied) {
  EXPECT_THAT(unmet("ann", "install", "absent"), ElementsAre("app_not_found"));
  EXPECT_THAT(unmet("ann", "fly"), ElementsAre("unknown_action"));
  auto asked = question("ann", "install");
  asked["resource"] = {{"type", "record"}, {"id", "r"}};
  EXPECT_FALSE(evaluate(asked).at("decision").as_bool());
  asked["resource"] = {{"type", "app"}, {"id", "notes"}, {"properties", {{"account_id", "globex"}}}};
  EXPECT_FALSE(evaluate(asked).at("decision").as_bool());
  asked["resource"] = {
      {"type", "app"}, {"id", "notes"}, {"properties", {{"account_id", "acme"}, {"credentials", "production"}}}};
  EXPECT_TRUE(evaluate(asked).at("decision").as_bool());
  asked["resource"] = {{"type", "account"}, {"id", "acme"}};
  asked["action"] = {{"name", "change_permissions"}};
  EXPECT_FALSE(evaluate(asked).at("decision").as_bool());
  asked["subject"] = {{"type", "user"}, {"id", "olga"}};
  EXPECT_TRUE(evaluate(asked).at("decision").as_bool());
}

TEST_F(AuthZen, AMemberAsksForHimselfAViewerAndAnAuditorForAll) {
  const auto asks = [&](std::string_view user, std::string_view about, std::string_view scope = "") {
    return post("evaluation", question(about, "install"), token(user, "acme", scope)).status;
  };
  EXPECT_EQ(asks("ann", "ann"), 200U);
  EXPECT_EQ(asks("ann", "bob"), 403U);
  EXPECT_EQ(asks("gateway", "bob", "auditor"), 200U);
  EXPECT_EQ(asks("stranger", "bob"), 403U);
  auto who = question("x", "install");
  EXPECT_EQ(post("search/subject", who, token("ann", "acme")).status, 403U);
  EXPECT_EQ(post("evaluation", who, token("operator", "", "platform")).status, 403U);
  const auto anonymous = post("evaluation", who, "");
  EXPECT_EQ(anonymous.status, 401U);
  EXPECT_TRUE(json_of(anonymous).is_string()) << anonymous.body;
}

TEST_F(AuthZen, ABatchStopsWhereItsSemanticSays) {
  const auto decisions = [&](std::string_view semantic) {
    json::object batch = question("olga", "install");
    batch["options"] = {{"evaluations_semantic", semantic}};
    batch["evaluations"] = {json::object{}, json::object{{"action", {{"name", "request_install"}}}}, json::object{}, 7};
    std::vector<bool> all;
    const auto answer = json_of(post("evaluations", batch, owner));
    for (const auto& each : answer.at("evaluations").as_array())
      all.push_back(each.at("decision").as_bool());
    return all;
  };
  EXPECT_THAT(decisions("execute_all"), ElementsAre(true, false, true, false));
  EXPECT_THAT(decisions("deny_on_first_deny"), ElementsAre(true, false));
  EXPECT_THAT(decisions("permit_on_first_permit"), ElementsAre(true));
  json::object batch = question("olga", "install");
  batch["options"] = {{"evaluations_semantic", "sometimes"}};
  batch["evaluations"] = {json::object{}};
  EXPECT_EQ(post("evaluations", batch, owner).status, 400U);
}

TEST_F(AuthZen, SearchFindsWhoMayAndNobodyElse) {
  EXPECT_THAT(who_may("install"), ElementsAre("ann", "bob", "cid", "olga"));
  require_approval();
  EXPECT_THAT(who_may("install"), IsEmpty());
  EXPECT_THAT(who_may("request_pre_approval"), ElementsAre("ann", "bob", "cid", "olga"));
  EXPECT_THAT(who_may("pre_approve"), ElementsAre("olga"));
  run(R"({"type":"CreateGroup","group_id":"sales","name":"Sales"})");
  run(R"({"type":"AddGroupMembers","group_id":"sales","user_ids":["ann","bob"]})");
  run(R"({"type":"GrantPreApproval","app_id":"notes","audience":"selected","user_ids":["bob"],"group_ids":["sales"]})");
  EXPECT_THAT(who_may("install"), ElementsAre("ann", "bob"));
  EXPECT_EQ(command_as(token("ann", "acme"), R"({"type":"Install","app_id":"notes"})").status, 200U);
  EXPECT_THAT(who_may("install"), ElementsAre("bob"));
  EXPECT_THAT(who_may("uninstall"), ElementsAre("ann"));
  EXPECT_THAT(who_may("fly"), IsEmpty());
  EXPECT_THAT(who_may("install", "absent"), IsEmpty());
}

TEST_F(AuthZen, SearchFindsWhatAUserMayDo) {
  EXPECT_THAT(what_may("ann", "install"), ElementsAre("notes"));
  EXPECT_THAT(what_may("nobody", "install"), IsEmpty());
  require_approval();
  EXPECT_THAT(what_may("ann", "install"), IsEmpty());
  EXPECT_THAT(what_may("ann", "request_pre_approval"), ElementsAre("notes"));
  run(R"({"type":"GrantPreApproval","app_id":"notes","audience":"everyone"})");
  EXPECT_THAT(what_may("ann", "install"), ElementsAre("notes"));
  EXPECT_EQ(command_as(token("ann", "acme"), R"({"type":"Install","app_id":"notes"})").status, 200U);
  EXPECT_THAT(what_may("ann", "install"), IsEmpty());
  EXPECT_THAT(what_may("ann", "uninstall"), ElementsAre("notes"));
  const auto actions = [&](std::string_view user) {
    auto asked = question(user, "x");
    asked.erase("action");
    return found("action", asked);
  };
  EXPECT_THAT(actions("ann"), ElementsAre("uninstall"));
  EXPECT_THAT(actions("olga"),
              UnorderedElementsAre("install", "reject_request", "view_requests", "change_permissions"));
  EXPECT_THAT(actions("nobody"), IsEmpty());
}

TEST_F(AuthZen, WhatIsAssumedIsAnsweredAndNotWritten) {
  require_approval();
  const auto head = log.head();
  const auto allowed = [&](const char* user, const json::object& assumed) {
    auto asked = question(user, "install");
    asked["context"] = {{"assume", assumed}};
    return evaluate(asked).at("decision").as_bool();
  };
  EXPECT_FALSE(allowed("ann", {}));
  EXPECT_TRUE(allowed("ann", {{"settings", {{"public", {{"required", false}}}}}}));
  EXPECT_FALSE(allowed("ann", {{"settings", {{"public", {{"required", false}}}, {"user_installs_blocked", true}}}}));
  EXPECT_TRUE(allowed("ann", {{"allow_list", {"ann"}}}));
  EXPECT_TRUE(allowed("ann", {{"allow_list", {"ANN@acme.example"}}}));
  EXPECT_FALSE(allowed("bob", {{"allow_list", {"ann"}}}));
  EXPECT_TRUE(allowed("bob", {{"settings", {{"public", {{"required", false}}}, {"user_installs_blocked", true}}},
                              {"roles", {{"bob", "admin"}}}}));
  auto who = question("x", "install");
  who["subject"] = {{"type", "user"}};
  who["context"] = {{"assume", {{"allow_list", {"ann", "cid"}}}}};
  EXPECT_THAT(found("subject", who), ElementsAre("ann", "cid"));
  EXPECT_EQ(log.head(), head);
  EXPECT_FALSE(decision("ann", "install"));
  run(R"({"type":"GrantPreApproval","app_id":"notes","audience":"everyone"})");
  EXPECT_TRUE(allowed("bob", {{"allow_list", {"ann"}}})) << "everyone stays everyone";
}

TEST_F(AuthZen, WhatCannotBeAssumedIsRefused) {
  const auto status = [&](const json::value& assumed, const std::string& bearer) {
    auto asked = question("ann", "install");
    asked["context"] = {{"assume", assumed}};
    return post("evaluation", asked, bearer).status;
  };
  EXPECT_EQ(status(5, owner), 400U);
  EXPECT_EQ(status({{"settings", {{"public", {{"required", "no"}}}}}}, owner), 400U);
  EXPECT_EQ(status({{"roles", {{"ann", "none"}}}}, owner), 400U);
  EXPECT_EQ(status({{"roles", {{"nobody", "admin"}}}}, owner), 400U);
  EXPECT_EQ(status({{"allow_list", json::array()}}, owner), 400U);
  EXPECT_EQ(status({{"later", true}}, owner), 200U) << "what is not known is left alone";
  EXPECT_EQ(status(json::object(), token("ann", "acme")), 403U);
  json::object batch{{"evaluations", {question("bob", "install")}}};
  const auto answer = json_of(post("evaluations", batch, token("ann", "acme")));
  EXPECT_EQ(answer.at("evaluations").at(0).at("context").at("error").at("status").to_number<int>(), 403);
}

TEST_F(AuthZen, SearchPagesAndKnowsItsOwnTokensAlone) {
  auto asked = question("x", "install");
  asked["subject"] = {{"type", "user"}};
  std::vector<std::string> all;
  std::string token_text;
  do {
    asked["page"] = {{"limit", 1}, {"token", token_text}};
    const auto answer = json_of(post("search/subject", asked, owner));
    ASSERT_LE(answer.at("results").as_array().size(), 1U);
    for (const auto& result : answer.at("results").as_array())
      all.emplace_back(result.at("id").as_string());
    token_text = std::string(answer.at("page").at("next_token").as_string());
  } while (!token_text.empty());
  EXPECT_THAT(all, ElementsAre("ann", "bob", "cid", "olga"));
  asked["page"] = {{"limit", 1}};
  asked["subject"] = {{"type", "user"}, {"id", "cid"}};
  const auto first = json_of(post("search/subject", asked, owner));
  asked["subject"] = {{"type", "user"}, {"id", "bob"}};
  asked["page"] = {{"limit", 1}, {"token", first.at("page").at("next_token")}};
  EXPECT_EQ(post("search/subject", asked, owner).status, 200U) << "the id of what is looked for is ignored";
  asked["resource"] = {{"type", "app"}, {"id", "other"}};
  EXPECT_EQ(post("search/subject", asked, owner).status, 400U);
  asked["page"] = {{"token", "x"}};
  EXPECT_EQ(post("search/subject", asked, owner).status, 400U);
  asked["page"] = {{"limit", 0}};
  EXPECT_EQ(post("search/subject", asked, owner).status, 400U);
}

TEST_F(AuthZen, MetadataNamesTheEndpoints) {
  const auto metadata = json_of(get("/.well-known/authzen-configuration", ""));
  EXPECT_EQ(metadata.at("policy_decision_point").as_string(), "http://localhost");
  EXPECT_EQ(metadata.at("access_evaluation_endpoint").as_string(), "http://localhost/access/v1/evaluation");
  EXPECT_FALSE(metadata.as_object().contains("capabilities")) << "what has no values is left out";
  EXPECT_EQ(json_of(get("/.well-known/authzen-configuration/acme", "")).at("policy_decision_point").as_string(),
            "http://localhost/acme");
}

}  // namespace
}  // namespace gatehouse::api
