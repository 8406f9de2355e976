// Every route of the table, for every kind of caller, on his own account, on another one and on one that does not exist. What a route answers
// follows from the table's `who` alone, and another account cannot be told from none.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <set>
#include <stdexcept>

#include "api/route.hpp"
#include "tests/system/marketplace.hpp"

namespace gatehouse::system_test {
namespace {

using api::Route;
using api::Who;

constexpr std::string_view own = "acme";
constexpr std::string_view other = "globex";   // exists
constexpr std::string_view absent = "absent";  // does not; as long as the other's name
// A command that needs MarketPlace:Edit, and one for the platform's door; tried as dry runs.
constexpr std::string_view edit_command = R"({"type":"SetUserInstallBlock","blocked":true})";
constexpr std::string_view platform_command = R"({"type":"DefineScopes","scopes":[{"name":"meeting:read:tenancy"}]})";

const std::set<std::string, std::less<>> members{"owner", "admin", "viewer", "u0"};
const std::set<std::string, std::less<>> viewers{"owner", "admin", "viewer"};
const std::set<std::string, std::less<>> editors{"owner", "admin"};

unsigned expected_status(const Route& route, const std::string& caller) {
  const auto who = route.who;
  const bool anonymous = caller == "anonymous";
  const auto allow = [anonymous](bool allowed) { return anonymous ? 401U : allowed ? 200U : 403U; };
  switch (who) {
  case Who::open:
  case Who::ops_or_loopback:
    return route.success;  // the test runs on the server's own machine
  case Who::ops:
    return allow(caller == "ops");
  case Who::platform:
    return allow(caller == "platform" && route.token_scopes.empty());  // its token has no other scope
  case Who::command:
    return allow(editors.contains(caller));
  case Who::member:
  case Who::self_or_view:
    return allow(members.contains(caller));
  case Who::decisions:
    return allow(members.contains(caller) || caller == "auditor");
  case Who::view:
    return allow(viewers.contains(caller));
  case Who::edit:
    return allow(editors.contains(caller));
  case Who::directory_or_view:
    return allow(viewers.contains(caller) || caller == "directory");
  case Who::auditor_or_view:
    return allow(viewers.contains(caller) || caller == "auditor");
  }
  return 0;
}

// A problem document without what names the one request.
std::string without_instance(const Answer& answer) {
  auto body = json_of(answer);
  if (auto* problem = body.if_object())
    problem->erase("instance");
  return boost::json::serialize(body);
}

// The account stands in their paths; that of the vendor's routes is the token's (tests/api/zoom_access_test.cpp).
std::vector<Route> native_routes() {
  auto routes = api::routes();
  std::erase_if(routes, [](const Route& route) { return route.dialect != api::Dialect::gatehouse; });
  return routes;
}

class Tenancy : public testing::Test {
 protected:
  Tenancy() : server_(folder_.path() / "data") {}

  void SetUp() override {
    server_.start();
    tokens_ = open_marketplace(server_);
    tokens_["stranger"] = server_.token(own, "nobody-here");
    tokens_["neighbour"] = server_.token(other, "secretive");
    tokens_["anonymous"] = "";
    client_.emplace(server_.port());
    must("platform", "/v1/platform/commands",
         R"({"type":"OpenAccount","account_id":"globex","name":"Globex",)"
         R"("owner":{"user_id":"secretive","email":"secretive@globex.example","name":"Secretive"}})");
    must(
        "neighbour", "/v1/accounts/globex/commands",
        R"({"type":"RegisterApp","app_id":"hidden-app","developer":{"kind":"account","account_id":"globex"},"manifest":)" +
            sample_manifest("expense-helper") + "}");
    const auto left =
        must("neighbour", "/v1/accounts/globex/commands", R"({"type":"ActivateApp","app_id":"hidden-app"})");
    foreign_position_ = std::to_string(left.at("position").to_number<std::uint64_t>());
    must("owner", account_commands, R"({"type":"CreateGroup","group_id":"sales","name":"Sales"})");
    const auto registered = must("owner", account_commands,
                                 R"({"type":"RegisterWebhook","url":"https://192.0.2.1/","event_types":["appgov.*"]})");
    endpoint_ = std::string(registered.at("result").at("endpoint_id").as_string());
    const auto of_app =
        must("platform", "/v1/platform/commands",
             R"({"type":"RegisterWebhook","app_id":"notes","url":"https://192.0.2.1/","event_types":["appgov.*"]})");
    app_endpoint_ = std::string(of_app.at("result").at("endpoint_id").as_string());
    const auto asked = must("u0", account_commands, R"({"type":"RequestPreApproval","app_id":"notes"})");
    request_ = std::string(asked.at("result").at("request_id").as_string());
    position_ = std::to_string(asked.at("position").to_number<std::uint64_t>());
  }

  boost::json::value must(const std::string& caller, std::string_view target, const std::string& body) {
    const auto answer = client_->post(tokens_[caller], target, body);
    if (answer.status != 200)
      throw std::runtime_error(body.substr(0, 200) + "\n" + answer.head + answer.body);
    return json_of(answer);
  }

  std::string path_of(const Route& route, std::string_view account) const {
    std::string path(route.path);
    const std::map<std::string, std::string> values{
        {"{account_id}", std::string(account)},
        {"{app_id}", "notes"},
        {"{user_id}", "u0"},
        {"{role_id}", "app-viewer"},
        {"{group_id}", "sales"},
        {"{request_id}", request_},
        {"{endpoint_id}", route.who == Who::platform ? app_endpoint_ : endpoint_},
        {"{position}", position_},
        {"{code}", "not_found"},
        {"{name}", "requests"},
        {"{stream}", "acme"},
        {"{tile...}", "0/000.p/1"}};
    for (const auto& [name, value] : values) {
      if (const auto at = path.find(name); at != std::string::npos)
        path.replace(at, name.size(), value);
    }
    EXPECT_EQ(path.find('{'), std::string::npos) << path << " has a parameter that this test does not know";
    return path;
  }

  // Whoever is no member says whom he asks about.
  static std::string about(const Route& route, std::string_view caller) {
    if (caller != "auditor")
      return "";
    if (route.name == "explainInstallability")
      return "?user_id=u0";
    return route.name == "simulate" ? "?as_user_id=u0" : "";
  }

  Answer call(const Route& route, const std::string& caller, std::string_view account) {
    const auto path = path_of(route, account) + about(route, caller);
    if (route.method == "GET")
      return client_->get(tokens_[caller], path);
    if (route.method == "PUT")
      return client_->put(tokens_[caller], path, edit_command);
    const bool appends = std::holds_alternative<api::Direct>(route.endpoint) && route.who != Who::ops;
    return client_->post(tokens_[caller], path + (appends ? "?dry_run=true" : ""),
                         route.who == Who::platform ? platform_command : edit_command);
  }

  ScratchFolder folder_;
  ServerProcess server_;
  Tokens tokens_;
  std::optional<ApiClient> client_;
  std::string request_;
  std::string endpoint_;
  std::string app_endpoint_;
  std::string position_;
  std::string foreign_position_;
  const std::vector<std::string> callers_{"owner",    "admin",     "viewer",  "u0",  "stranger",
                                          "platform", "directory", "auditor", "ops", "anonymous"};
};

TEST_F(Tenancy, EveryRouteAnswersEveryCallerAsItsTableEntrySays) {
  for (const auto& route : native_routes()) {
    for (const auto& caller : callers_) {
      const auto answer = call(route, caller, own);
      if (route.who == Who::ops && route.method != "GET" && caller == "ops") {
        // What operators order is done, or there is nothing to do it to.
        EXPECT_TRUE(answer.status == route.success || answer.status == 400 || answer.status == 409)
            << route.method << " " << route.path << "\n"
            << answer.body;
        continue;
      }
      EXPECT_EQ(answer.status, expected_status(route, caller))
          << caller << ": " << route.method << " " << route.path << "\n"
          << answer.body;
    }
  }
}

TEST_F(Tenancy, AnotherAccountCannotBeToldFromNone) {
  for (const auto& route : native_routes()) {
    if (!api::is_of_account(route.who))
      continue;
    for (const auto& caller : callers_) {
      if (caller == "platform")
        continue;  // it knows every account
      SCOPED_TRACE(caller + ": " + std::string(route.path));
      const auto foreign = call(route, caller, other);
      const auto missing = call(route, caller, absent);
      EXPECT_EQ(foreign.status, caller == "anonymous" ? 401U : 404U) << foreign.body;
      EXPECT_EQ(missing.status, foreign.status);
      EXPECT_EQ(without_instance(missing), without_instance(foreign));
      EXPECT_EQ(missing.header("Content-Length"), foreign.header("Content-Length"));
      EXPECT_EQ(missing.header("WWW-Authenticate"), foreign.header("WWW-Authenticate"));
    }
  }
}

TEST_F(Tenancy, ThePlatformSeesThatAnAccountIsThereButNothingOfIt) {
  for (const auto& route : native_routes()) {
    if (!api::is_of_account(route.who))
      continue;
    EXPECT_EQ(call(route, "platform", other).status, 403U) << route.path;
    EXPECT_EQ(call(route, "platform", absent).status, 404U) << route.path;
  }
}

TEST_F(Tenancy, NothingOfAnotherAccountIsInAnyAnswer) {
  for (const auto& route : native_routes()) {
    if (!api::is_of_account(route.who) || route.method != "GET")
      continue;
    for (const auto& caller : callers_) {
      const auto body = call(route, caller, own).body;
      for (const auto* secret : {"globex", "Globex", "secretive", "hidden-app"}) {
        EXPECT_EQ(body.find(secret), std::string::npos) << caller << ": " << route.path << "\n" << body;
      }
    }
  }
}

TEST_F(Tenancy, WhatBelongsToAnotherAccountCannotBeToldFromWhatDoesNotExist) {
  const std::string base = "/v1/accounts/acme";
  const std::vector<std::pair<std::string, std::string>> pairs{
      {"/apps/hidden-app", "/apps/absent-app"},
      {"/apps/hidden-app/installability", "/apps/absent-app/installability"},
      {"/apps/hidden-app/approval", "/apps/absent-app/approval"},
      {"/apps/hidden-app/allow-list", "/apps/absent-app/allow-list"},
      {"/members/secretive", "/members/absent-id"},
      {"/events/" + foreign_position_, "/events/999999"}};
  for (const auto& [foreign_path, missing_path] : pairs) {
    const auto foreign = client_->get(tokens_["owner"], base + foreign_path);
    const auto missing = client_->get(tokens_["owner"], base + missing_path);
    EXPECT_EQ(foreign.status, 404U) << foreign_path << foreign.body;
    EXPECT_EQ(without_instance(foreign), without_instance(missing)) << foreign_path;
  }
  for (const auto* command :
       {R"({"type":"Install","app_id":")", R"({"type":"GrantPreApproval","audience":"everyone","app_id":")",
        R"({"type":"RequestPreApproval","app_id":")"}) {
    const auto foreign = client_->post(tokens_["owner"], account_commands, command + std::string("hidden-app\"}"));
    const auto missing = client_->post(tokens_["owner"], account_commands, command + std::string("absent-app\"}"));
    EXPECT_EQ(foreign.status, missing.status) << foreign.body;
    EXPECT_EQ(without_instance(foreign), without_instance(missing));
  }
}

TEST_F(Tenancy, SearchAndFiltersFindNothingOfAnotherAccount) {
  for (const auto* query : {"?q=expense", "?developer=account", "?level=user"}) {
    const auto answer = client_->get(tokens_["owner"], "/v1/accounts/acme/apps" + std::string(query));
    EXPECT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(answer.body.find("hidden-app"), std::string::npos) << answer.body;
  }
  const auto theirs = client_->get(tokens_["neighbour"], "/v1/accounts/globex/apps?q=expense");
  EXPECT_NE(theirs.body.find("hidden-app"), std::string::npos)
      << "the search would not find it anyway: " << theirs.body;
}

}  // namespace
}  // namespace gatehouse::system_test
