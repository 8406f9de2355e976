// Who may call the vendor's routes: every one of the route table, for every role, with and without the token scopes it asks for.
#include <gmock/gmock.h>

#include "api/route.hpp"
#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

struct ZoomAccess : ApiFixture {
  ZoomAccess() {
    open_account();
    for (
        const auto* body :
        {R"({"type":"AddMember","user_id":"mia","email":"mia@acme.example"})",
         R"({"type":"AddMember","user_id":"vic","email":"vic@acme.example"})",
         R"({"type":"DefineRole","role":{"id":"viewer","name":"Viewer","privileges":["MarketPlace:Read"]}})",
         R"({"type":"AssignRole","user_id":"vic","role_id":"viewer"})",
         R"({"type":"RegisterApp","app_id":"own","developer":{"kind":"account"},"manifest":{"display_information":{"display_name":"Own"},"oauth_information":{"usage":"USER_OPERATION"}}})",
         R"({"type":"RegisterApp","app_id":"doomed","developer":{"kind":"account"},"manifest":{"display_information":{"display_name":"Own"},"oauth_information":{"usage":"USER_OPERATION"}}})"}) {
      EXPECT_EQ(command(body).status, 200U) << body;
    }
  }

  const std::map<std::string_view, std::string_view> bodies{
      {"zoomPreApprove", R"({"action":"approve_all"})"},
      {"zoomAddForUsers", R"({"action":"add_all"})"},
      {"zoomDecideRequests", R"({"action":"approve_all"})"},
      {"zoomSwitchSubscription", R"({"action":"disable"})"},
      {"zoomCreateApp",
       R"({"app_type":"s2s_oauth","app_name":"New","contact_name":"Contact","contact_email":"c@acme.example","company_name":"Acme"})"},
      {"zoomValidateManifest", R"({"manifest":{}})"},
      {"zoomReplaceManifest",
       R"({"manifest":{"display_information":{"display_name":"Own"},"oauth_information":{"usage":"USER_OPERATION"}}})"},
      {"zoomRotateSecret", R"({"action":"new","revoke_old_secret_time":"now"})"},
  };

  http::Answer ask(const Route& route, std::string_view bearer) {
    std::string path(route.path);
    const bool owns = route.path.ends_with("/manifest") || route.path.ends_with("/rotate_client_secret");
    const auto* app = route.method == "DELETE" ? "doomed" : owns ? "own" : "notes";
    for (const auto& [name, value] : {std::pair{"{app_id}", app}, std::pair{"{user_id}", "mia"}}) {
      if (const auto at = path.find(name); at != std::string::npos)
        path.replace(at, std::string_view(name).size(), value);
    }
    const auto body = bodies.find(route.name);
    return call(route.method, path, bearer, body == bodies.end() ? "" : body->second);
  }
};

constexpr std::string_view reads_only = "zoomValidateManifest";

std::vector<Route> routes_of_the_vendor() {
  auto all = routes();
  std::erase_if(all, [](const Route& route) { return route.dialect != Dialect::zoom; });
  return all;
}

std::uint64_t number_of(const http::Answer& answer) { return json_of(answer).at("code").to_number<std::uint64_t>(); }

TEST_F(ZoomAccess, EveryRouteAsksForATokenItsScopesAndTheRolesPrivilege) {
  ASSERT_EQ(routes_of_the_vendor().size(), 14U);
  for (const auto& route : routes_of_the_vendor()) {
    SCOPED_TRACE(std::string(route.method) + " " + std::string(route.path));
    const auto anonymous = ask(route, "");
    EXPECT_EQ(anonymous.status, 401U);
    EXPECT_EQ(number_of(anonymous), 124U);
    EXPECT_EQ(number_of(ask(route, "not-a-token")), 124U);
    const auto without = ask(route, token("olga", "acme", "marketplace:read:something:admin"));
    const bool for_owner = route.name == "zoomCreateApp" || route.name == "zoomRotateSecret";
    EXPECT_EQ(without.status, for_owner ? 401U : 400U);
    EXPECT_EQ(number_of(without), for_owner ? 201U : 4700U);
    EXPECT_NE(without.body.find(route.token_scopes.front()), std::string::npos) << without.body;
    for (const auto scope : route.token_scopes) {
      EXPECT_EQ(ask(route, token("mia", "acme", scope)).status, 403U) << "a member without a role";
      EXPECT_EQ(ask(route, token("vic", "acme", scope)).status,
                route.method == "GET" || route.name == reads_only ? 200U : 403U);
      EXPECT_EQ(ask(route, token("nobody", "acme", scope)).status, 403U);
    }
  }
  for (const auto& route : routes_of_the_vendor()) {
    const auto answer = ask(route, token("olga", "acme", route.token_scopes.back()));
    EXPECT_TRUE(answer.status < 300U || number_of(answer) == 1500U) << route.path << answer.body;
  }
}

TEST_F(ZoomAccess, TheTokensAccountIsTheOneThatIsGoverned) {
  for (const auto& route : routes_of_the_vendor()) {
    for (const auto& bearer :
         {token("olga", "globex", route.token_scopes.front()), token("operator", "", route.token_scopes.front()),
          token("operator", "", "platform " + std::string(route.token_scopes.front()))}) {
      const auto answer = ask(route, bearer);
      EXPECT_EQ(answer.status, 401U) << route.path << answer.body;
      EXPECT_EQ(number_of(answer), 124U);
      EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer realm=\"gatehouse\", error=\"invalid_token\"");
    }
  }
}

TEST_F(ZoomAccess, AnUnknownPathBelowV2IsRefusedInTheVendorsForm) {
  const auto answer = get("/v2/marketplace/nothing", owner);
  EXPECT_EQ(answer.status, 404U);
  EXPECT_EQ(number_of(answer), 404U);
  EXPECT_FALSE(answer.header("x-zm-trackingid").empty());
  EXPECT_EQ(call("POST", "/v2/marketplace/apps/notes", owner, "{}").status, 405U);
}

}  // namespace
}  // namespace gatehouse::api
