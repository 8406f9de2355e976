// The vendor's API on apps of the account's own (Z9 to Z13, Z19), over a real socket.
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "api/json/text_writer.hpp"
#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

namespace json = boost::json;

struct ZoomCatalogue : ApiFixture {
  ZoomCatalogue() {
    open_account();
    admin = token("olga", "acme",
                  "marketplace:read:app:admin marketplace:write:app:admin marketplace:update:client_secret");
  }

  http::Answer create(const json::object& body) {
    return call("POST", "/v2/marketplace/apps", admin, json::serialize(body));
  }
  http::Answer rotate(std::string_view app, std::string_view body) {
    return call("POST", "/v2/marketplace/apps/" + std::string(app) + "/rotate_client_secret", admin, body);
  }
  static json::object server_app() {
    return {{"app_type", "s2s_oauth"},   {"app_name", "Reports"},
            {"contact_name", "Contact"}, {"contact_email", "contact@acme.example"},
            {"company_name", "Acme"},    {"scopes", {"report:read:user:admin"}}};
  }
  static json::object general_manifest(std::string_view name) {
    return {{"display_information", {{"display_name", name}}},
            {"oauth_information",
             {{"usage", "USER_OPERATION"},
              {"production_redirect_uri", "https://app.example/callback"},
              {"scopes", {{{"scope", "user:read:user"}}}}}}};
  }
  std::string created_app(const json::object& body) {
    const auto answer = create(body);
    EXPECT_EQ(answer.status, 201U) << answer.body;
    return std::string(json_of(answer).at("app_id").as_string());
  }

  std::string admin;
};

std::string error_of(const http::Answer& answer) {
  return std::to_string(answer.status) + "/" + std::to_string(json_of(answer).at("code").to_number<std::uint64_t>());
}
std::string first_field(const http::Answer& answer) {
  return std::string(json_of(answer).at("errors").at(0).at("field").as_string());
}

TEST_F(ZoomCatalogue, Z9CreatesAnAppForTheAccountsServerWithItsCredentials) {
  const auto answer = create(server_app());
  ASSERT_EQ(answer.status, 201U) << answer.body;
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  const auto app = json_of(answer);
  EXPECT_EQ(app.at("app_name").as_string(), "Reports");
  EXPECT_EQ(app.at("app_type").as_string(), "s2s_oauth");
  EXPECT_EQ(app.at("scopes"), (json::array{"report:read:user:admin"}));
  EXPECT_TRUE(app.as_object().contains("created_at"));
  const auto& production = app.at("production_credentials");
  EXPECT_EQ(production.at("client_id").as_string().size(), 22U);
  EXPECT_EQ(production.at("client_secret").as_string().size(), 32U);
  EXPECT_NE(production.at("client_secret"), app.at("development_credentials").at("client_secret"));
  const auto shown = get("/v2/marketplace/apps/" + std::string(app.at("app_id").as_string()), admin);
  EXPECT_EQ(json_of(shown).at("app_type").as_string(), "OAuthApp");
}

TEST_F(ZoomCatalogue, Z9CreatesAGeneralAppFromItsManifestAndPublishesIt) {
  auto body = server_app();
  body["app_type"] = "general";
  EXPECT_EQ(first_field(create(body)), "manifest");
  body["manifest"] = general_manifest("General");
  body["publish"] = true;
  const auto app = json_of(create(body));
  EXPECT_FALSE(app.as_object().contains("development_credentials")) << "the manifest has a production redirect alone";
  const auto id = std::string(app.at("app_id").as_string());
  EXPECT_EQ(json_of(get("/v2/marketplace/apps/" + id, admin)).at("app_status").as_string(), "SHARABLE");
}

TEST_F(ZoomCatalogue, Z9NamesWhatIsWrong) {
  for (const auto* member : {"app_type", "app_name", "contact_name", "contact_email", "company_name"}) {
    auto body = server_app();
    body.erase(member);
    const auto answer = create(body);
    EXPECT_EQ(error_of(answer), "400/300") << member;
    EXPECT_EQ(first_field(answer), member);
  }
  auto body = server_app();
  body["app_name"] = std::string(50, 'x');
  EXPECT_EQ(create(body).status, 201U);
  body["app_name"] = std::string(51, 'x');
  EXPECT_EQ(first_field(create(body)), "app_name");
  body = server_app();
  body["scopes"] = json::array{"no-scope"};
  EXPECT_EQ(first_field(create(body)), "manifest.oauth_information.scopes.0");
  body["scopes"] = {"user:read:user", "user:read:user:admin"};
  EXPECT_EQ(error_of(create(body)), "400/300") << "user scopes and admin scopes never go together";
  body = server_app();
  body["active"] = "yes";
  EXPECT_EQ(first_field(create(body)), "active");
  EXPECT_EQ(error_of(call("POST", "/v2/marketplace/apps", admin, "no json")), "400/300");
}

TEST_F(ZoomCatalogue, Z10WithdrawsAnAppForGood) {
  const auto app = created_app(server_app());
  EXPECT_EQ(call("DELETE", "/v2/marketplace/apps/" + app, admin).status, 204U);
  EXPECT_EQ(error_of(call("DELETE", "/v2/marketplace/apps/" + app, admin)), "404/1401");
  EXPECT_EQ(error_of(get("/v2/marketplace/apps/" + app, admin)), "404/1401");
  const auto reader = token("olga", "acme", "marketplace_app:read:admin");
  EXPECT_EQ(error_of(get("/v2/marketplace/apps/" + app + "/requests", reader)), "404/1401");
  EXPECT_EQ(error_of(get("/v2/marketplace/apps/" + app + "/manifest", admin)), "404/1401");
  EXPECT_EQ(error_of(call("DELETE", "/v2/marketplace/apps/notes", admin)), "404/1401") << "not the account's own";
}

TEST_F(ZoomCatalogue, Z10LeavesNothingToGovern) {
  auto body = server_app();
  body["scopes"] = json::array{"user:read:user"};
  const auto path = "/v2/marketplace/apps/" + created_app(body);
  const auto governor = token("olga", "acme", "marketplace_app:read:admin marketplace_app:write:admin");
  const auto approved = [&] { return json_of(get("/v2/marketplace/apps?type=approved_apps", governor)).at("apps"); };
  ASSERT_EQ(call("POST", path + "/preApprove", governor, R"({"action":"approve_all"})").status, 201U);
  EXPECT_EQ(approved().as_array().size(), 1U);
  ASSERT_EQ(call("DELETE", path, admin).status, 204U);
  EXPECT_TRUE(approved().as_array().empty());
  const std::array<std::array<std::string, 3>, 4> actions{
      {{"POST", path + "/preApprove", R"({"action":"disapprove_all"})"},
       {"POST", path + "/requests", R"({"action":"add_all"})"},
       {"PATCH", path + "/requests", R"({"action":"decline_all"})"},
       {"PATCH", "/v2/marketplace/users/olga" + path.substr(path.find("/apps/")) + "/subscription",
        R"({"action":"disable"})"}}};
  for (const auto& [method, target, action] : actions)
    EXPECT_EQ(error_of(call(method, target, governor, action)), "404/1401") << target;
}

TEST_F(ZoomCatalogue, Z10LeavesNoEmptyPagesWhereAppsWereAskedFor) {
  ASSERT_EQ(
      command(
          R"({"type":"SetApprovalPolicy","class":"unlisted","required":true,"exempt_platform":false,"exempt_account":false})")
          .status,
      200U);
  const auto governor = token("olga", "acme", "marketplace_app:read:admin");
  auto body = server_app();
  body["scopes"] = json::array{"user:read:user"};
  std::vector<std::string> apps;
  for (int count = 0; count < 4; ++count) {
    apps.push_back(created_app(body));
    const auto id = R"("app_id":")" + apps.back() + "\"}";
    EXPECT_EQ(command(R"({"type":"ActivateApp",)" + id).status, 200U);
    EXPECT_EQ(command(R"({"type":"RequestPreApproval",)" + id).status, 200U);
  }
  for (const auto at : {1U, 2U})
    ASSERT_EQ(call("DELETE", "/v2/marketplace/apps/" + apps[at], admin).status, 204U);
  const auto first = json_of(get("/v2/marketplace/apps?page_size=1", governor));
  EXPECT_EQ(first.at("apps").at(0).at("app_id").as_string(), apps[3]);
  const auto next = std::string(first.at("next_page_token").as_string());
  const auto second = json_of(get("/v2/marketplace/apps?page_size=1&next_page_token=" + next, governor));
  EXPECT_EQ(second.at("apps").at(0).at("app_id").as_string(), apps[0]);
  EXPECT_EQ(json_of(get("/v2/marketplace/users/me/apps", governor)).at("apps").as_array().size(), 2U);
}

TEST_F(ZoomCatalogue, Z11SaysWhatIsWrongWithAManifest) {
  const auto validate = [&](const json::object& body) {
    return call("POST", "/v2/marketplace/apps/manifest/validate", admin, json::serialize(body));
  };
  const auto good = validate({{"manifest", general_manifest("General")}});
  EXPECT_EQ(good.status, 200U);
  EXPECT_EQ(good.body, R"({"ok":true,"error":"","errors":null})");
  auto manifest = general_manifest("General");
  manifest["oauth_information"] = {{"usage", "ACCOUNT_OPERATION"}, {"scopes", {{{"scope", "none"}}}}};
  const auto bad = json_of(validate({{"manifest", manifest}}));
  EXPECT_FALSE(bad.at("ok").as_bool());
  EXPECT_EQ(bad.at("error").as_string(), "invalid_manifest");
  EXPECT_EQ(bad.at("errors").at(0).at("setting").as_string(), "/oauth_information/usage");
  EXPECT_EQ(error_of(validate({{"manifest", 1}})), "400/300");
  const auto absent = validate({{"manifest", manifest}, {"app_id", "absent"}});
  EXPECT_EQ(error_of(absent), "404/1401");
  EXPECT_EQ(json_of(absent).at("message").as_string(), "App ID does not exist: absent");
  const auto admins = created_app(server_app());
  const auto other_level = json_of(validate({{"manifest", general_manifest("General")}, {"app_id", admins}}));
  EXPECT_EQ(other_level.at("errors").at(0).at("setting").as_string(), "/oauth_information/usage");
}

TEST_F(ZoomCatalogue, Z12AndZ13ExportAndReplaceTheManifest) {
  auto body = server_app();
  body["app_type"] = "general";
  body["manifest"] = general_manifest("General");
  const auto path = "/v2/marketplace/apps/" + created_app(body) + "/manifest";
  EXPECT_EQ(json_of(get(path, admin)).at("manifest"), body.at("manifest"));
  const auto replace = [&](const json::value& manifest) {
    return call("PUT", path, admin, json::serialize(json::object{{"manifest", manifest}}));
  };
  EXPECT_EQ(replace(general_manifest("Renamed")).status, 204U);
  EXPECT_EQ(json_of(get(path, admin)).at("manifest"), general_manifest("Renamed"));
  const auto wrong = replace(json::object{});
  EXPECT_EQ(error_of(wrong), "400/300");
  EXPECT_EQ(first_field(wrong), "manifest.display_information");
  auto other_level = general_manifest("Renamed");
  other_level["oauth_information"] = {{"usage", "ADMIN_MANAGEMENT"}};
  EXPECT_EQ(error_of(replace(other_level)), "400/1500");
  EXPECT_EQ(error_of(call("PUT", "/v2/marketplace/apps/notes/manifest", admin, "{}")), "404/1401");
}

TEST_F(ZoomCatalogue, OfTwoWhoReadTheSameManifestOneReplacesIt) {
  auto body = server_app();
  body["app_type"] = "general";
  body["manifest"] = general_manifest("General");
  const auto app = "/v2/marketplace/apps/" + created_app(body);
  for (const std::string read : {"", "/manifest"}) {
    const auto tag = get(app + read, admin).header("ETag");
    const auto replace = [&](const std::string& name) {
      return call("PUT", app + "/manifest", admin, json::serialize(json::object{{"manifest", general_manifest(name)}}),
                  {{"If-Match", tag}})
          .status;
    };
    EXPECT_EQ(replace("One" + read), 204U) << tag;
    EXPECT_EQ(replace("Other" + read), 412U) << tag;
    const auto if_new =
        call("PUT", app + "/manifest", admin, json::serialize(json::object{{"manifest", general_manifest("New")}}),
             {{"If-None-Match", "*"}});
    EXPECT_EQ(if_new.status, 400U) << "and not ignored";
  }
}

TEST_F(ZoomCatalogue, Z19RotatesTheSecretAtMostThreeTimesInAQuarterOfAnHour) {
  const auto app = created_app(server_app());
  EXPECT_EQ(error_of(rotate(app, R"({"action":"update","revoke_old_secret_time":"now"})")), "400/1500");
  const auto answer = rotate(app, R"({"action":"new","revoke_old_secret_time":"now"})");
  ASSERT_EQ(answer.status, 201U) << answer.body;
  EXPECT_EQ(json_of(answer).at("new_secret").as_string().size(), 32U);
  EXPECT_FALSE(json_of(answer).at("secret_id").as_string().empty());
  for (const auto* time : {"now", "now"})
    EXPECT_EQ(rotate(app, R"({"action":"new","revoke_old_secret_time":")" + std::string(time) + R"("})").status, 201U);
  EXPECT_EQ(error_of(rotate(app, R"({"action":"new","revoke_old_secret_time":"now"})")), "400/2000");
}

TEST_F(ZoomCatalogue, Z19GivesTheOldSecretAnotherEnd) {
  const auto app = created_app(server_app());
  const auto soon = time_text({wall_clock().unix_ms + 3'600'000}).substr(0, 19) + "Z";
  const auto fresh = rotate(app, R"({"action":"new","revoke_old_secret_time":")" + soon + R"("})");
  EXPECT_EQ(json_of(fresh).at("revoke_old_secret_time").as_string(), soon);
  const auto updated = rotate(app, R"({"action":"update","revoke_old_secret_time":"now"})");
  EXPECT_EQ(updated.status, 201U) << updated.body;
  EXPECT_FALSE(json_of(updated).as_object().contains("new_secret"));
  EXPECT_EQ(error_of(rotate(app, R"({"action":"new","revoke_old_secret_time":"2020-01-01T00:00:00Z"})")), "400/2001");
  EXPECT_EQ(error_of(rotate(app, R"({"action":"new","revoke_old_secret_time":"tomorrow"})")), "400/300");
  EXPECT_EQ(error_of(rotate(app, R"({"action":"old","revoke_old_secret_time":"now"})")), "400/300");
  EXPECT_EQ(error_of(rotate("notes", R"({"action":"new","revoke_old_secret_time":"now"})")), "404/1401");
}

TEST_F(ZoomCatalogue, Z19MakesCredentialsForAnAppThatHasNone) {
  command(R"({"type":"RegisterApp","app_id":"own","developer":{"kind":"account"},"manifest":)" +
          json::serialize(general_manifest("Own")) + "}");
  const auto answer = rotate("own", R"({"action":"new","revoke_old_secret_time":"now"})");
  EXPECT_EQ(answer.status, 201U);
  EXPECT_EQ(json_of(answer).at("client_id").as_string().size(), 22U);
}

TEST_F(ZoomCatalogue, NoSecretIsKeptInTheLog) {
  const auto app = json_of(create(server_app()));
  const auto secret = std::string(app.at("production_credentials").at("client_secret").as_string());
  const auto page = log.read(Position{}, page_events_max);
  EXPECT_TRUE(page.at_end);
  for (const auto& event : page.events)
    EXPECT_EQ(event.frame.find(secret), std::string::npos);
}

}  // namespace
}  // namespace gatehouse::api
