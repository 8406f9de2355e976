// What if: what a simulation says is what then happens.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "tests/api/api_fixture.hpp"
#include "tests/replay/story.hpp"

namespace gatehouse::api {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;

constexpr auto require_approval =
    R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})";

struct Simulation : ApiFixture {
  Simulation() {
    open_account();
    for (const auto* user : {"ann", "bob", "cid"})
      run(R"({"type":"AddMember","user_id":")" + std::string(user) + R"(","email":")" + user + "@acme.example\"}");
  }
  void run(std::string_view body, const std::string& bearer = {}) {
    const auto answer = command_as(bearer.empty() ? owner : bearer, body);
    EXPECT_EQ(answer.status, 200U) << body << answer.body;
  }
  json::object simulate(std::string_view body, std::string_view parameters = "", const std::string& bearer = {}) {
    const auto head = log.head();
    const auto answer =
        call("POST", "/v1/accounts/acme/simulations" + std::string(parameters), bearer.empty() ? owner : bearer, body);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(log.head(), head) << "nothing is appended";
    return json_of(answer).as_object();
  }
};

const json::object& effect_on(const json::object& simulated, std::string_view app) {
  static const json::object none;
  for (const auto& item : simulated.at("effects").at("apps").as_array()) {
    if (item.at("app_id").as_string() == app)
      return item.as_object();
  }
  return none;
}

std::vector<std::string> users(const json::object& effect, std::string_view group) {
  std::vector<std::string> found;
  if (!effect.contains(group))
    return found;
  for (const auto& user : effect.at(group).at("user_ids").as_array())
    found.emplace_back(user.as_string());
  EXPECT_EQ(effect.at(group).at("count").to_number<std::size_t>(), found.size());
  return found;
}

TEST_F(Simulation, says_who_is_stopped_when_pre_approval_is_required) {
  run(R"({"type":"Install","app_id":"notes"})", token("ann", "acme"));
  const auto simulated = simulate(require_approval);
  EXPECT_TRUE(simulated.at("accepted").as_bool());
  EXPECT_EQ(simulated.at("events").as_array().front().at("type").as_string(), "ApprovalPolicyChanged");
  const auto& effect = effect_on(simulated, "notes");
  EXPECT_THAT(users(effect, "lose"), ElementsAre("ann", "bob", "cid", "olga"));
  EXPECT_THAT(users(effect, "stop"), ElementsAre()) << "policies are prospective";
  EXPECT_EQ(json_of(get("/v1/accounts/acme/permissions", owner)).at("public").at("required").as_bool(), false);
}

TEST_F(Simulation, tries_several_commands_one_after_the_other) {
  const auto body = std::string(R"({"commands":[)") + require_approval +
                    R"(,{"type":"GrantPreApproval","app_id":"notes","audience":"selected","user_ids":["bob"]}]})";
  const auto simulated = simulate(body);
  EXPECT_THAT(users(effect_on(simulated, "notes"), "lose"), ElementsAre("ann", "cid", "olga"));
}

TEST_F(Simulation, says_which_installations_would_stop) {
  run(R"({"type":"Install","app_id":"notes"})", token("ann", "acme"));
  run(R"({"type":"GrantPreApproval","app_id":"notes","audience":"everyone"})");
  const auto simulated = simulate(R"({"type":"DisablePreApproval","app_id":"notes"})");
  ASSERT_TRUE(simulated.at("accepted").as_bool()) << "no confirmation is asked for: " << json::serialize(simulated);
  EXPECT_THAT(users(effect_on(simulated, "notes"), "stop"), ElementsAre("ann"));
}

TEST_F(Simulation, says_why_commands_would_be_refused) {
  const auto body =
      std::string(R"({"commands":[)") + require_approval + R"(,{"type":"Install","app_id":"notes","note":"x"}]})";
  EXPECT_EQ(call("POST", "/v1/accounts/acme/simulations", owner, body).status, 400U)
      << "what cannot be read is refused";
  const auto refused =
      simulate(std::string(R"({"commands":[)") + require_approval + R"(,{"type":"Install","app_id":"notes"}]})");
  EXPECT_FALSE(refused.at("accepted").as_bool());
  EXPECT_EQ(refused.at("refused_command").to_number<int>(), 1);
  EXPECT_EQ(refused.at("refusal").at("code").as_string(), "pre_approval_required");
  EXPECT_FALSE(refused.contains("effects"));
}

TEST_F(Simulation, is_for_those_who_may_look_and_tried_as_whom_they_say) {
  const auto ann = token("ann", "acme");
  EXPECT_EQ(code_of(call("POST", "/v1/accounts/acme/simulations", ann, require_approval)), "privilege_required");
  const auto auditor = token("watch", "acme", "auditor");
  EXPECT_EQ(code_of(call("POST", "/v1/accounts/acme/simulations", auditor, require_approval)), "invalid_parameter");
  EXPECT_EQ(code_of(call("POST", "/v1/accounts/acme/simulations?as_user_id=eve", auditor, require_approval)),
            "user_not_found");
  EXPECT_TRUE(simulate(require_approval, "?as_user_id=olga", auditor).at("accepted").as_bool());
  EXPECT_EQ(simulate(require_approval, "?as_user_id=ann", auditor).at("refusal").at("code").as_string(),
            "privilege_required");
}

TEST_F(Simulation, shows_texts_that_are_sealed_as_they_read) {
  const auto simulated = simulate(R"({"type":"ChangeMember","user_id":"ann","department":"Ops"})");
  EXPECT_EQ(json::serialize(simulated).find("locked"), std::string::npos) << json::serialize(simulated);
  const auto added = simulate(R"({"type":"AddMember","user_id":"dee","email":"dee@acme.example","name":"Dee"})");
  EXPECT_EQ(added.at("events").at(0).at("data").at("name").as_string(), "Dee");
}

TEST_F(Simulation, knows_installations_of_apps_that_the_account_cannot_see_any_more) {
  run(R"({"type":"Install","app_id":"notes"})", token("ann", "acme"));
  ASSERT_EQ(platform_command(R"({"type":"UnpublishApp","app_id":"notes"})").status, 200U);
  for (const auto* parameters : {"", "?app_id=notes"}) {
    const auto simulated = simulate(R"({"type":"DeactivateMember","user_id":"ann"})", parameters);
    EXPECT_EQ(users(effect_on(simulated, "notes"), "stop"), std::vector<std::string>{"ann"}) << parameters;
  }
}

TEST_F(Simulation, R2_does_not_tell_of_unlisted_apps_that_nobody_of_the_account_was_told_of) {
  ASSERT_EQ(platform_command(R"({"type":"PublishApp","app_id":"notes","listed":false})").status, 200U);
  const auto newcomer = R"({"type":"AddMember","user_id":"zoe","email":"zoe@acme.example"})";
  EXPECT_TRUE(effect_on(simulate(newcomer), "notes").empty());
  run(R"({"type":"Install","app_id":"notes"})", token("ann", "acme"));
  EXPECT_THAT(users(effect_on(simulate(newcomer), "notes"), "gain"), ElementsAre("zoe"));
}

TEST_F(Simulation, of_one_command_refuses_as_the_command_would_be) {
  const auto* body = R"({"type":"AddGroupMembers","group_id":"none","user_ids":["ann"]})";
  const auto refusal = simulate(body).at("refusal").as_object();
  EXPECT_FALSE(refusal.contains("command_index"));
  EXPECT_EQ(refusal.at("code").as_string(), code_of(command(body)));
}

TEST_F(Simulation, tries_on_the_past) {
  const auto before = std::to_string(log.head().value);
  run(require_approval);
  EXPECT_TRUE(simulate(require_approval).at("events").as_array().empty());
  const auto simulated = simulate(require_approval, "?as_of=" + before);
  EXPECT_EQ(simulated.at("events").as_array().size(), 1U);
  EXPECT_EQ(users(effect_on(simulated, "notes"), "lose").size(), 4U);
  EXPECT_EQ(std::to_string(simulated.at("basis").at("position").to_number<std::uint64_t>()), before);
}

TEST_F(Simulation, goes_on_after_a_member) {
  const auto simulated = simulate(require_approval, "?after_user_id=bob");
  EXPECT_THAT(users(effect_on(simulated, "notes"), "lose"), ElementsAre("cid", "olga"));
  EXPECT_EQ(simulated.at("effects").at("next_after_user_id").as_string(), "");
  EXPECT_EQ(code_of(call("POST", "/v1/accounts/acme/simulations?app_id=other", owner, require_approval)),
            "app_not_found");
}

}  // namespace
}  // namespace gatehouse::api
