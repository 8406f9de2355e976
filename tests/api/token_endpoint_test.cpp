// The token endpoint (RFC 6749, RFC 9068): what an app gets for its secret, and what its token is good for.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "api/json/text_writer.hpp"
#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

namespace json = boost::json;

struct TokenEndpoint : ApiFixture {
  TokenEndpoint() {
    open_account();
    admin = token("olga", "acme", "marketplace:write:app:admin marketplace:update:client_secret");
    create("s2s_oauth");
  }

  void create(std::string_view type) {
    json::object body{
        {"app_type", type},          {"app_name", "Reports"},
        {"contact_name", "Contact"}, {"contact_email", "contact@acme.example"},
        {"company_name", "Acme"},    {"scopes", {"marketplace:read:list_apps:admin", "marketplace:read:app:admin"}}};
    const auto answer = json_of(call("POST", "/v2/marketplace/apps", admin, json::serialize(body)));
    app_id = std::string(answer.at("app_id").as_string());
    client_id = std::string(answer.at("production_credentials").at("client_id").as_string());
    secret = std::string(answer.at("production_credentials").at("client_secret").as_string());
  }
  [[nodiscard]] Headers basic() const {
    return {{"Content-Type", "application/x-www-form-urlencoded"},
            {"Authorization", "Basic " + base64(client_id + ":" + secret)}};
  }
  http::Answer ask(std::string_view form, const Headers& headers) {
    return call("POST", "/oauth/token", "", form, headers);
  }
  http::Answer ask(std::string_view form) { return ask(form, basic()); }
  std::string error_of(const http::Answer& answer) {
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    return std::to_string(answer.status) + " " + std::string(json_of(answer).at("error").as_string());
  }
  std::string granted(std::string_view form) {
    const auto answer = ask(form);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return std::string(json_of(answer).at("access_token").as_string());
  }

  std::string admin;
  std::string app_id;
  std::string client_id;
  std::string secret;
};

constexpr std::string_view for_account = "grant_type=account_credentials&account_id=acme";

TEST_F(TokenEndpoint, AnswersAsTheRfcSays) {
  const auto answer = ask(for_account);
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  const auto body = json_of(answer);
  EXPECT_EQ(body.at("token_type").as_string(), "bearer");
  EXPECT_EQ(body.at("expires_in").to_number<int>(), 3'600);
  EXPECT_EQ(body.at("scope").as_string(), "marketplace:read:app:admin marketplace:read:list_apps:admin");
  EXPECT_TRUE(body.at("api_url").as_string().starts_with("http://"));
}

TEST_F(TokenEndpoint, TheTokenOfAnAccountsAppIsItsCreatorsBelowV2Alone) {
  const auto bearer = granted(for_account);
  EXPECT_EQ(get("/v2/marketplace/apps?type=public", bearer).status, 200U);
  EXPECT_EQ(get("/v2/marketplace/apps/notes/requests", bearer).status, 400U) << "not in its scopes";
  const auto elsewhere = get("/v1/accounts/acme/permissions", bearer);
  EXPECT_EQ(elsewhere.status, 403U);
  EXPECT_EQ(code_of(elsewhere), "insufficient_scope");
  EXPECT_EQ(command_as(bearer, R"({"type":"SetUserInstallBlock","blocked":true})").status, 403U);
}

TEST_F(TokenEndpoint, TheClientsOwnTokenIsNoMembers) {
  const auto bearer = granted("grant_type=client_credentials");
  const auto answer = get("/v2/marketplace/apps?type=public", bearer);
  EXPECT_EQ(answer.status, 403U) << answer.body;
}

TEST_F(TokenEndpoint, ScopesCanBeFewerButNotOthers) {
  const auto fewer = ask(std::string(for_account) + "&scope=marketplace%3Aread%3Alist_apps%3Aadmin");
  EXPECT_EQ(json_of(fewer).at("scope").as_string(), "marketplace:read:list_apps:admin");
  EXPECT_EQ(error_of(ask(std::string(for_account) + "&scope=platform")), "400 invalid_scope");
}

TEST_F(TokenEndpoint, RefusesAsTheRfcSays) {
  EXPECT_EQ(error_of(ask("")), "400 invalid_request");
  EXPECT_EQ(error_of(ask("grant_type=")), "400 invalid_request");
  EXPECT_EQ(error_of(ask("grant_type=password")), "400 unsupported_grant_type");
  EXPECT_EQ(error_of(ask("grant_type=account_credentials")), "400 invalid_request");
  EXPECT_EQ(error_of(ask("grant_type=client_credentials&grant_type=client_credentials")), "400 invalid_request");
  EXPECT_EQ(error_of(ask("grant_type=%zz")), "400 invalid_request");
  EXPECT_EQ(error_of(ask("grant_type=account_credentials&account_id=globex")), "400 invalid_grant");
  EXPECT_EQ(error_of(ask("grant_type=client_credentials&client_secret=" + secret)), "400 invalid_request");
  EXPECT_EQ(error_of(ask("grant_type=client_credentials", {{"Content-Type", "application/json"}})),
            "400 invalid_request");
}

TEST_F(TokenEndpoint, RefusesAWrongClientAlwaysInTheSameWords) {
  const auto form = basic().front();
  const auto with = [&](const std::string& pair) {
    return ask("grant_type=client_credentials", {form, {"Authorization", "Basic " + base64(pair)}});
  };
  const auto wrong = with(client_id + ":wrong");
  EXPECT_EQ(error_of(wrong), "401 invalid_client");
  EXPECT_EQ(wrong.header("WWW-Authenticate"), "Basic realm=\"gatehouse\"");
  EXPECT_EQ(with("nobody:" + secret).body, wrong.body);
  EXPECT_EQ(error_of(with("no colon")), "401 invalid_client");
  EXPECT_EQ(error_of(ask("grant_type=client_credentials", {form, {"Authorization", "Basic ***"}})),
            "401 invalid_client");
  EXPECT_EQ(error_of(ask("grant_type=client_credentials", {form})), "401 invalid_client");
  EXPECT_EQ(ask("grant_type=client_credentials&client_id=" + client_id + "&client_secret=" + secret, {form}).status,
            200U);
}

TEST_F(TokenEndpoint, AnOldSecretWorksUntilItsEnd) {
  const auto rotate = [&](std::string_view body) {
    const auto answer = call("POST", "/v2/marketplace/apps/" + app_id + "/rotate_client_secret", admin, body);
    EXPECT_EQ(answer.status, 201U) << answer.body;
    return json_of(answer);
  };
  const auto later = time_text({wall_clock().unix_ms + 3'600'000});
  const auto fresh = rotate(R"({"action":"new","revoke_old_secret_time":")" + later + R"("})");
  EXPECT_EQ(ask(for_account).status, 200U);
  rotate(R"({"action":"update","revoke_old_secret_time":"now"})");
  EXPECT_EQ(error_of(ask(for_account)), "401 invalid_client");
  secret = std::string(fresh.at("new_secret").as_string());
  EXPECT_EQ(ask(for_account).status, 200U);
}

TEST_F(TokenEndpoint, AnAppThatIsGoneGetsNoToken) {
  EXPECT_EQ(call("DELETE", "/v2/marketplace/apps/" + app_id, admin).status, 204U);
  EXPECT_EQ(error_of(ask(for_account)), "401 invalid_client");
}

TEST_F(TokenEndpoint, AnAppActsForItsCreatorAsLongAsHeIsAMember) {
  EXPECT_EQ(command(R"({"type":"AddMember","user_id":"ada","email":"ada@acme.example","role":"admin"})").status, 200U);
  admin = token("ada", "acme", "marketplace:write:app:admin");
  create("s2s_oauth");
  EXPECT_EQ(ask(for_account).status, 200U);
  EXPECT_EQ(command(R"({"type":"RemoveMember","user_id":"ada"})").status, 200U);
  EXPECT_EQ(error_of(ask(for_account)), "400 invalid_grant");
}

TEST_F(TokenEndpoint, AnAppThatAnAdminSwitchedOffGetsNoTokenUntilItIsOnAgain) {
  const auto run = [this](std::string_view type, std::string_view rest) {
    const auto answer =
        command(R"({"type":")" + std::string(type) + R"(","app_id":")" + app_id + "\"" + std::string(rest) + "}");
    EXPECT_EQ(answer.status, 200U) << type << answer.body;
  };
  run("Install", R"(,"scope":"account")");
  EXPECT_EQ(ask(for_account).status, 200U);
  run("RestrictApp", R"(,"disable_existing":true)");
  const auto refused = ask(for_account);
  EXPECT_EQ(error_of(refused), "400 invalid_grant");
  EXPECT_EQ(json_of(refused).at("code").to_number<int>(), 4738) << refused.body;
  run("LiftRestriction", "");
  EXPECT_EQ(ask(for_account).status, 200U);
}

TEST_F(TokenEndpoint, OnlyAppsOfTheServersKindActForTheirCreator) {
  create("meeting_sdk");
  EXPECT_EQ(error_of(ask(for_account)), "400 unauthorized_client");
  EXPECT_EQ(ask("grant_type=client_credentials").status, 200U);
}

}  // namespace
}  // namespace gatehouse::api
