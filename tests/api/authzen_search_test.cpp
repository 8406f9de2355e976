// A search finds exactly what asking about each one finds, whatever has happened to the account: its short cuts leave nobody out.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <random>

#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

namespace json = boost::json;
using Names = std::vector<std::string>;

constexpr std::array<const char*, 8> users{"ann", "bob", "cid", "dan", "eve", "fay", "gus", "olga"};
constexpr std::array<const char*, 5> apps{"notes", "hidden", "own", "admin", "secret"};
constexpr std::array<const char*, 8> actions{"install",       "request_pre_approval", "request_install",
                                             "uninstall",     "pre_approve",          "reject_request",
                                             "view_requests", "change_permissions"};

json::object entity(std::string_view type, std::string_view id) { return {{"type", type}, {"id", id}}; }

struct AuthZenSearch : ApiFixture {
  AuthZenSearch() {
    open_account();
    must(platform_command(
        R"({"type":"DefineScopes","scopes":[{"name":"meeting:read:secret","privilege":"UsageReport:Read"}]})"));
    for (const auto* user : users) {
      if (std::string_view(user) != "olga")
        may(R"({"type":"AddMember","user_id":")" + std::string(user) + R"(","email":")" + user + "@acme.example\"}");
    }
    for (const auto* role : {R"({"id":"editor","name":"E","privileges":["MarketPlace:Edit"]})",
                             R"({"id":"viewer","name":"V","privileges":["MarketPlace:Read"]})",
                             R"({"id":"reporter","name":"R","privileges":["UsageReport:Edit"]})"}) {
      may(R"({"type":"DefineRole","role":)" + std::string(role) + "}");
    }
    may(R"({"type":"AssignRole","user_id":"bob","role_id":"editor"})");
    may(R"({"type":"AssignRole","user_id":"cid","role_id":"viewer"})");
    may(R"({"type":"AssignRole","user_id":"dan","role_id":"reporter"})");
    may(R"({"type":"CreateGroup","group_id":"sales","name":"Sales"})");
    may(R"({"type":"CreateGroup","group_id":"staff","name":"Staff"})");
    add_app("hidden", "USER_OPERATION", "user:read:user", false);
    add_app("admin", "ADMIN_MANAGEMENT", "report:read:user:admin", true);
    add_app("secret", "USER_OPERATION", "meeting:read:secret", true);
    may(R"({"type":"RegisterApp","app_id":"own","developer":{"kind":"account"},"manifest":)" +
        manifest("USER_OPERATION", "user:read:user") + "}");
    may(R"({"type":"ActivateApp","app_id":"own"})");
  }

  static void must(const http::Answer& answer) { ASSERT_EQ(answer.status, 200U) << answer.body; }
  void may(const std::string& body) { command(body); }
  static std::string manifest(std::string_view usage, std::string_view scope) {
    return json::serialize(json::object{{"display_information", {{"display_name", scope}}},
                                        {"oauth_information", {{"usage", usage}, {"scopes", {{{"scope", scope}}}}}}});
  }
  void add_app(std::string_view id, std::string_view usage, std::string_view scope, bool listed) {
    must(platform_command(R"({"type":"RegisterApp","app_id":")" + std::string(id) +
                          R"(","developer":{"kind":"third_party"},"manifest":)" + manifest(usage, scope) + "}"));
    must(platform_command(R"({"type":"PublishApp","app_id":")" + std::string(id) + R"(","listed":)" +
                          (listed ? "true}" : "false}")));
  }

  json::value ask(std::string_view path, const json::object& body) {
    const auto answer = call("POST", "/access/v1/" + std::string(path), owner, json::serialize(body));
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return json_of(answer);
  }
  bool decision(const char* user, const char* action, const char* app) {
    return ask("evaluation",
               {{"subject", entity("user", user)}, {"action", {{"name", action}}}, {"resource", entity("app", app)}})
        .at("decision")
        .as_bool();
  }
  // All pages, two at a time.
  Names found(std::string_view path, json::object body) {
    Names names;
    std::string next;
    do {
      body["page"] = {{"limit", 2}, {"token", next}};
      const auto answer = ask("search/" + std::string(path), body);
      for (const auto& result : answer.at("results").as_array())
        names.emplace_back(result.at("id").as_string());
      next = std::string(answer.at("page").at("next_token").as_string());
    } while (!next.empty());
    std::ranges::sort(names);
    return names;
  }

  void compare() {
    for (const auto* action : actions) {
      std::map<std::string, Names> by_user;
      for (const auto* app : apps) {
        Names expected;
        for (const auto* user : users) {
          if (!decision(user, action, app)) {
            ++denied;
            continue;
          }
          ++permitted;
          expected.emplace_back(user);
          by_user[user].emplace_back(app);
        }
        EXPECT_EQ(
            found("subject",
                  {{"subject", {{"type", "user"}}}, {"action", {{"name", action}}}, {"resource", entity("app", app)}}),
            expected)
            << action << " " << app;
      }
      for (const auto* user : users) {
        auto expected = by_user[user];
        // An unlisted app is found where the account governs it, not by looking around.
        const auto seen =
            found("resource",
                  {{"subject", entity("user", user)}, {"action", {{"name", action}}}, {"resource", {{"type", "app"}}}});
        if (std::ranges::find(seen, "hidden") == seen.end())
          std::erase(expected, "hidden");
        std::ranges::sort(expected);
        EXPECT_EQ(seen, expected) << user << " " << action;
      }
    }
  }

  int permitted = 0;
  int denied = 0;
};

class RandomGovernance {
 public:
  explicit RandomGovernance(unsigned seed) : random_(seed) {}

  // Who sends it, and what.
  std::pair<std::string, std::string> next() {
    const auto app = R"("app_id":")" + std::string(apps[below(apps.size())]) + "\"";
    const std::string user = users[below(users.size())];
    const auto named = R"("user_ids":[")" + user + "\"]";
    const auto group = R"("group_ids":[")" + std::string(below(2) == 0 ? "sales" : "staff") + "\"]";
    const auto flag = [&] { return std::string(below(2) == 0 ? "true" : "false"); };
    const auto command = [](const char* type, const std::string& members) {
      return R"({"type":")" + std::string(type) + "\"," + members + "}";
    };
    switch (below(20)) {
    case 0:
      return {"olga",
              command("SetApprovalPolicy", std::string(R"("class":")") + (below(2) == 0 ? "public" : "unlisted") +
                                               R"(","required":)" + (below(4) == 0 ? "false" : "true") +
                                               R"(,"exempt_platform":)" + flag() + R"(,"exempt_account":)" + flag())};
    case 1:
      return {"olga", command("SetUserInstallBlock", R"("blocked":)" + std::string(below(3) == 0 ? "true" : "false"))};
    case 2:
      return {"olga", command("GrantPreApproval", app + R"(,"audience":"everyone")")};
    case 3:
      return {"olga", command("GrantPreApproval", app + R"(,"audience":"selected",)" + named)};
    case 4:
      return {"olga", command("GrantPreApproval", app + R"(,"audience":"selected",)" + group)};
    case 5:
      return {"olga", command("RemoveAllowListEntries", app + "," + (below(2) == 0 ? named : group))};
    case 6:
      return {"olga", command("AddAppForUsers", app + R"(,"audience":"everyone")")};
    case 7:
      return {"olga", command("AddAppForUsers", app + R"(,"audience":"selected",)" + (below(2) == 0 ? named : group))};
    case 8:
      return {"olga", command(below(3) == 0 ? "RestrictApp" : "LiftRestriction", app)};
    case 9:
      return {"olga", command("DisablePreApproval", app)};
    case 10:
      return {"olga",
              command(below(2) == 0 ? "AddGroupMembers" : "RemoveGroupMembers", R"("group_id":"sales",)" + named)};
    case 11:
      return {"olga", command("AddGroupMembers", R"("group_id":"staff",)" + named)};
    case 12:
      return {"olga", command(below(3) == 0 ? "DeactivateMember" : "AddMember",
                              R"("user_id":")" + user + R"(","email":")" + user + "@acme.example\"")};
    case 13:
      return {"olga", command("AssignRole", R"("user_id":")" + user + R"(","role_id":")" +
                                                std::array{"editor", "viewer", "reporter", "member"}[below(4)] + "\"")};
    case 14:
      return {user, command("Uninstall", app)};
    case 15:
      return {"olga", command("Install", app + R"(,"scope":"account")")};
    case 16:
      return {"olga", command("Uninstall", app + R"(,"target":"account")")};
    case 17:
      return {user, command("RequestPreApproval", app)};
    default:
      return {user, command("Install", app)};
    }
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  std::mt19937_64 random_;
};

TEST_F(AuthZenSearch, TellsActionsInPagesToo) {
  json::object asked{{"subject", entity("user", "olga")}, {"resource", entity("app", "notes")}};
  const auto append_names = [](Names& names, const json::value& answer) {
    for (const auto& result : answer.at("results").as_array())
      names.emplace_back(result.at("name").as_string());
  };
  Names all;
  append_names(all, ask("search/action", asked));
  ASSERT_GT(all.size(), 2U);
  Names in_pages;
  std::string next;
  do {
    asked["page"] = {{"limit", 2}, {"token", next}};
    const auto answer = ask("search/action", asked);
    EXPECT_LE(answer.at("results").as_array().size(), 2U);
    append_names(in_pages, answer);
    next = std::string(answer.at("page").at("next_token").as_string());
  } while (!next.empty() && in_pages.size() < all.size());
  EXPECT_EQ(in_pages, all);
  EXPECT_EQ(next, "");
}

TEST_F(AuthZenSearch, FindsWhatAskingAboutEachOneFinds) {
  constexpr int rounds = 8;
  constexpr int commands_a_round = 15;
  RandomGovernance governance(20'261'124);
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    for (int sent = 0; sent < commands_a_round; ++sent) {
      const auto [who, body] = governance.next();
      auto answer = command_as(token(who, "acme"), body);
      if (answer.status == 409 && code_of(answer) == "confirmation_required") {
        const auto confirmation = std::string(json_of(answer).at("confirmation_token").as_string());
        command_as(token(who, "acme"), body.substr(0, body.size() - 1) + R"(,"confirmation":")" + confirmation + "\"}");
      }
    }
    SCOPED_TRACE(round);
    compare();
  }
  EXPECT_GT(permitted, 300);
  EXPECT_GT(denied, 300);
}

}  // namespace
}  // namespace gatehouse::api
