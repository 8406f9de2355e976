#include "fuzz/company.hpp"

#include "api/command_json.hpp"
#include "api/manifest_reader.hpp"
#include "commands/system_ids.hpp"
#include "table/assert.hpp"

namespace gatehouse::fuzz {

namespace {

constexpr std::string_view user_level = "USER_OPERATION";
constexpr std::string_view account_level = "ADMIN_MANAGEMENT";

struct Step {
  std::string_view visitor;  // a platform's, a directory's, or a user
  std::string body;
};

Step app(std::string_view app_id, std::string_view usage, std::string_view developer) {
  return {"platform",
          R"({"type":"RegisterApp","app_id":")" + std::string(app_id) + R"(","developer":)" + std::string(developer) +
              R"(,"manifest":{"display_information":{"display_name":")" + std::string(app_id) +
              R"("},"oauth_information":{"usage":")" + std::string(usage) + R"(","scopes":[)" +
              (usage == user_level
                   ? R"({"scope":"meeting:read:meeting","optional":false},{"scope":"user:read:user","optional":true})"
                   : R"({"scope":"zoom_rooms:read:list_rooms:admin","optional":false})") +
              "]}}}"};
}

Step of_app(std::string_view type, std::string_view app_id, std::string_view more = "") {
  return {"platform", R"({"type":")" + std::string(type) + R"(","app_id":")" + std::string(app_id) + "\"" +
                          std::string(more) + "}"};
}

void add_apps(std::vector<Step>& steps) {
  constexpr std::string_view third_party = R"({"kind":"third_party"})";
  constexpr std::string_view own = R"({"kind":"account","account_id":"acme"})";
  for (const auto* name : {"draft", "ready", "notes", "tool", "paused", "barred"})
    steps.push_back(app(name, user_level, third_party));
  for (const auto* name : {"rooms", "displays"})
    steps.push_back(app(name, account_level, third_party));
  steps.push_back(app("own", user_level, own));
  for (const auto* name : {"ready", "notes", "tool", "paused", "barred", "rooms", "displays", "own"})
    steps.push_back(of_app("ActivateApp", name));
  for (const auto* name : {"notes", "tool", "paused", "barred", "rooms", "displays"}) {
    steps.push_back(of_app("PublishApp", name, R"(,"listed":true)"));
  }
}

void add_people(std::vector<Step>& steps) {
  for (
      const auto* body : {
          R"({"type":"AddMember","user_id":"admin","email":"admin@acme.example","name":"The admin","role":"admin"})",
          R"({"type":"AddMember","user_id":"ann","email":"ann@acme.example","name":"Ann","department":"Sales"})",
          R"({"type":"AddMember","user_id":"bob","email":"bob@acme.example"})",
          R"({"type":"AddMember","user_id":"cid","email":"cid@acme.example"})",
          R"({"type":"AddMember","user_id":"eve","email":"eve@acme.example"})",
          R"({"type":"DeactivateMember","user_id":"eve"})",
          R"({"type":"DefineRole","role":{"id":"reviewer","name":"Reviewer","privileges":["MarketPlace:Read","User:Edit"]}})",
          R"({"type":"CreateGroup","group_id":"sales","name":"Sales"})",
          R"({"type":"CreateGroup","group_id":"empty","name":"Nobody yet"})",
          R"({"type":"AddGroupMembers","group_id":"sales","user_ids":["ann","bob"]})",
      }) {
    steps.push_back({"directory", body});
  }
}

void add_governance(std::vector<Step>& steps) {
  for (
      const auto& step : std::initializer_list<Step>{
          {"owner",
           R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})"},
          {"owner",
           R"({"type":"SetApprovalPolicy","class":"unlisted","required":true,"exempt_platform":false,"exempt_account":true})"},
          {"ann", R"({"type":"RequestPreApproval","app_id":"notes","reason":"For the weekly review"})"},
          {"bob", R"({"type":"RequestPreApproval","app_id":"notes"})"},
          {"bob", R"({"type":"RequestInstall","app_id":"rooms"})"},
          {"owner",
           R"({"type":"GrantPreApproval","app_id":"tool","audience":"selected","emails":["guest@partner.example"],"user_ids":["bob"],
                         "group_ids":["sales"]})"},
          {"ann", R"({"type":"Install","app_id":"tool"})"},
          {"bob", R"({"type":"Install","app_id":"tool"})"},
          {"owner", R"({"type":"DisableSubscription","app_id":"tool","user_id":"ann"})"},
          {"owner", R"({"type":"GrantPreApproval","app_id":"paused","audience":"everyone"})"},
          {"cid", R"({"type":"Install","app_id":"paused"})"},
          {"owner", R"({"type":"DisablePreApproval","app_id":"paused","confirmation":"yes"})"},
          {"owner", R"({"type":"Install","app_id":"displays","scope":"account"})"},
          {"owner", R"({"type":"RestrictApp","app_id":"barred"})"},
      }) {
    steps.push_back(step);
  }
}

// One that is pending and one that is disabled.
void add_webhooks(std::vector<Step>& steps) {
  for (const auto* name : {"pending", "disabled"}) {
    steps.push_back({"owner", R"({"type":"RegisterWebhook","url":"https://hooks.example.com/)" + std::string(name) +
                                  R"(","event_types":["appgov.*","app_deauthorized"]})"});
  }
  steps.push_back({"owner", R"({"type":"DisableWebhook","endpoint_id":"AYvP5WgAdsSuVIk4Ym8x3A"})"});
}

std::vector<Step> steps() {
  std::vector<Step> steps;
  for (const auto* name : {"acme", "globex"}) {
    steps.push_back(
        {"platform",
         R"({"type":"OpenAccount","account_id":")" + std::string(name) +
             R"(","name":"A company","owner":{"user_id":"owner","email":"owner@acme.example","name":"The owner"}})"});
  }
  steps.push_back(
      {"platform",
       R"({"type":"DefineScopes","scopes":[{"name":"acme:read","description":"Reads","privilege":"User:Read"}]})"});
  add_apps(steps);
  add_people(steps);
  add_governance(steps);
  add_webhooks(steps);
  // Somebody who can be erased. Last, so that no id moves.
  steps.push_back({"directory", R"({"type":"AddMember","user_id":"gus","email":"gus@acme.example","name":"Gus"})"});
  steps.push_back({"directory", R"({"type":"RemoveMember","user_id":"gus"})"});
  return steps;
}

Submission submission_of(std::string_view visitor, api::CommandBatch batch) {
  Submission submission;
  const auto found = std::ranges::find(visitors, visitor, &Visitor::name);
  submission.account_id = found == visitors.end() ? acme : found->door;
  submission.caller =
      found == visitors.end() ? Caller{ActorType::user, std::string(visitor), false, false} : found->caller;
  submission.commands = std::move(batch.commands);
  return submission;
}

}  // namespace

void found_company(EventLog& log, SubjectKeys& keys) {
  const PlainConfirmation confirmation;
  SeededIds ids(1);
  CommandService service(log, ids, confirmation, [] { return today; }, {.keys = &keys});
  const auto read_manifest = api::make_manifest_reader(log);
  for (const auto& [visitor, body] : steps()) {
    auto batch = api::read_commands(body, read_manifest);
    if (!batch)
      assertion_failed(body, std::source_location::current());
    const auto outcomes = service.run_group({submission_of(visitor, std::move(*batch))});
    if (!std::holds_alternative<Committed>(outcomes.at(0)))
      assertion_failed(body, std::source_location::current());
  }
}

}  // namespace gatehouse::fuzz
