#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/problem_kinds.hpp"
#include "api/route.hpp"
#include "tests/api/api_fixture.hpp"
#include "tests/http/waiting.hpp"

namespace gatehouse::api {
namespace {

using Application = ApiFixture;

TEST_F(Application, answers_unknown_paths_and_methods_without_asking_who) {
  EXPECT_EQ(code_of(get("/v1/nothing", "")), "not_found");
  EXPECT_EQ(code_of(get("/v1/accounts/acme/apps/", "")), "not_found");
  const auto wrong = call("POST", "/v1/accounts/acme/apps", "");
  EXPECT_EQ(wrong.status, 405U);
  EXPECT_EQ(wrong.header("Allow"), "GET, HEAD");
  EXPECT_EQ(get("/v1/platform/commands", "").header("Allow"), "POST");
}

TEST_F(Application, needs_a_good_token_for_everything_but_what_is_open) {
  open_account();
  const auto none = get("/v1/accounts/acme/apps", "");
  EXPECT_EQ(none.status, 401U);
  EXPECT_EQ(none.header("WWW-Authenticate"), "Bearer realm=\"gatehouse\"");
  const auto bad = get("/v1/accounts/acme/apps", "a.b.c");
  EXPECT_EQ(bad.status, 401U);
  EXPECT_NE(bad.header("WWW-Authenticate").find("invalid_token"), std::string::npos);
  EXPECT_EQ(bad.body.find("a.b.c"), std::string::npos);
  EXPECT_EQ(get("/v1/accounts/acme/apps", "", {{"Authorization", "Basic b2xnYTp4"}}).status, 401U);
  EXPECT_EQ(get("/v1/accounts/acme/apps", "", {{"Authorization", "bearer  " + owner}}).status, 200U);
}

TEST_F(Application, tells_nothing_of_another_account) {
  open_account();
  const auto stranger = token("olga", "globex");
  auto foreign = get("/v1/accounts/acme/apps", stranger);
  auto missing = get("/v1/accounts/none/apps", stranger);
  EXPECT_EQ(foreign.status, 404U);
  EXPECT_EQ(code_of(foreign), "account_not_found");
  const auto place = missing.body.find("none");
  ASSERT_NE(place, std::string::npos);
  EXPECT_EQ(missing.body.replace(place, 4, "acme"), foreign.body);
  EXPECT_EQ(foreign.header("Gatehouse-Position"), "");
  EXPECT_EQ(code_of(get("/v1/accounts/globex/apps", stranger)), "account_not_found");
  EXPECT_EQ(code_of(get("/v1/accounts/catalogue/apps", token("olga", "catalogue"))), "account_not_found");
}

TEST_F(Application, lets_the_platform_into_accounts_that_exist_but_no_further_than_its_scopes) {
  open_account();
  EXPECT_EQ(code_of(get("/v1/accounts/none/members", platform)), "account_not_found");
  EXPECT_EQ(get("/v1/accounts/acme/members", platform).status, 403U);
  EXPECT_EQ(get("/v1/accounts/acme/members", token("sync", "", "platform directory")).status, 200U);
  EXPECT_EQ(get("/v1/accounts/acme/members", token("sync", "", "directory")).status, 404U);
}

TEST_F(Application, says_which_scope_or_privilege_is_missing) {
  open_account();
  const auto ops = get("/v1/ops/projections", owner);
  EXPECT_EQ(ops.status, 403U);
  EXPECT_NE(ops.header("WWW-Authenticate").find("scope=\"ops\""), std::string::npos);
  ASSERT_EQ(command(R"({"type":"AddMember","user_id":"mia","email":"mia@acme.example"})").status, 200U);
  const auto view = get("/v1/accounts/acme/permissions", token("mia", "acme"));
  EXPECT_EQ(code_of(view), "privilege_required");
  EXPECT_EQ(json_of(view).at("privilege"), "MarketPlace:Read");
}

TEST_F(Application, refuses_unknown_and_wrong_parameters) {
  open_account();
  EXPECT_EQ(code_of(get("/v1/accounts/acme/apps?sise=1", owner)), "unknown_parameter");
  for (const auto* size : {"0", "301", "x", ""}) {
    EXPECT_EQ(code_of(get("/v1/accounts/acme/apps?page_size=" + std::string(size), owner)), "invalid_parameter")
        << size;
  }
  EXPECT_EQ(get("/v1/accounts/acme/apps?page_size=300", owner).status, 200U);
  EXPECT_EQ(code_of(get("/livez?x=1", "")), "unknown_parameter");
}

TEST_F(Application, answers_only_in_a_form_that_the_client_takes) {
  EXPECT_EQ(get("/livez", "", {{"Accept", "text/html"}}).status, 406U);
  EXPECT_EQ(get("/livez", "", {{"Accept", "text/html, */*;q=0.1"}}).status, 200U);
  EXPECT_EQ(get("/docs", "", {{"Accept", "application/json"}}).status, 406U);
}

TEST_F(Application, echoes_a_plain_request_id_and_makes_one_otherwise) {
  for (const auto& plain : {std::string("abc-123"), std::string("two words"), std::string(1024, 'x')})
    EXPECT_EQ(get("/livez", "", {{"X-Request-Id", plain}}).header("X-Request-Id"), plain);
  for (const auto& other : {std::string("caf\xc3\xa9"), std::string(1025, 'x')}) {
    const auto made = get("/livez", "", {{"X-Request-Id", other}}).header("X-Request-Id");
    EXPECT_FALSE(made.empty());
    EXPECT_NE(made, other);
  }
  EXPECT_EQ(get("/nothing", "", {{"X-Request-Id", "abc"}}).header("X-Request-Id"), "abc");
}

TEST_F(Application, serves_its_documents) {
  const auto openapi = get("/openapi.json", "");
  EXPECT_EQ(openapi.status, 200U);
  EXPECT_EQ(json_of(openapi).at("openapi"), "3.1.0");
  EXPECT_EQ(get("/openapi.json", "", {{"If-None-Match", openapi.header("ETag")}}).status, 304U);
  const auto docs = get("/docs", "");
  EXPECT_EQ(docs.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_NE(docs.header("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
  for (const auto& kind : problem_kinds()) {
    EXPECT_EQ(get("/docs/problems/" + std::string(kind.code), "").status, 200U) << kind.code;
  }
  EXPECT_EQ(code_of(get("/docs/problems/nothing", "")), "problem_not_found");
}

TEST_F(Application, answers_head_as_get_without_the_body) {
  const auto head = call("HEAD", "/docs", "");
  EXPECT_EQ(head.status, 200U);
  EXPECT_TRUE(head.body.empty());
  EXPECT_EQ(head.header("Content-Length"), get("/docs", "").header("Content-Length"));
}

TEST_F(Application, lists_read_models_in_pages_that_a_client_need_not_read_twice) {
  open_account();
  const auto ops = token("watcher", "", "ops");
  const auto all = json_of(get("/v1/ops/projections", ops)).at("items").as_array();
  std::size_t seen = 0;
  for (std::string page = "?page_size=2"; !page.empty();) {
    const auto list = json_of(get("/v1/ops/projections" + page, ops));
    for (const auto& item : list.at("items").as_array())
      EXPECT_EQ(item.at("name"), all.at(seen++).at("name"));
    const auto next = std::string(list.at("next_page_token").as_string());
    page = next.empty() ? "" : "?page_size=2&next_page_token=" + next;
  }
  EXPECT_EQ(seen, all.size());
  EXPECT_EQ(code_of(get("/v1/ops/projections?next_page_token=other", ops)), "invalid_page_token");
}

TEST_F(Application, shows_operators_the_read_models_and_the_figures) {
  open_account();
  const auto ops = token("watcher", "", "ops");
  const auto list = json_of(get("/v1/ops/projections", ops));
  ASSERT_GT(list.at("items").as_array().size(), 3U);
  const auto name = std::string(list.at("items").at(1).at("name").as_string());
  EXPECT_EQ(json_of(get("/v1/ops/projections/" + name, ops)).at("name").as_string(), name);
  EXPECT_EQ(code_of(get("/v1/ops/projections/none", ops)), "projection_not_found");
  EXPECT_TRUE(get("/v1/ops/projections/" + name, ops).header("ETag").starts_with("\"b"));

  const auto metrics = get("/metrics", "").body;
  for (const auto* line :
       {"gatehouse_commands_total{command=\"OpenAccount\",outcome=\"accepted\"} 1\n",
        "gatehouse_http_requests_total{route=\"runPlatformCommands\",status=\"200\"} 4\n",
        "gatehouse_log_head_position ", "gatehouse_projection_lag_events{projection=\"",
        "gatehouse_command_queue_depth 0\n", "gatehouse_ready 1\n", "gatehouse_command_seconds_count ",
        "gatehouse_http_request_seconds_bucket{route=\"listProjections\",status_class=\"2xx\",le=\"+Inf\"} 1\n"}) {
    EXPECT_NE(metrics.find(line), std::string::npos) << line << metrics;
  }
}

TEST_F(Application, tells_how_far_and_for_how_long_a_read_model_is_behind) {
  open_account();
  const auto figure = [&](const std::string& name) {
    const auto text = get("/metrics", "").body;
    const auto at = text.find("\n" + name + "{projection=\"inbox\"} ");
    return at == std::string::npos ? -1.0 : std::stod(text.substr(text.find("} ", at) + 2));
  };
  ASSERT_TRUE(http::eventually([&] { return figure("gatehouse_projection_lag_events") == 0; }));
  EXPECT_EQ(figure("gatehouse_projection_lag_seconds"), 0);
  const auto applied = figure("gatehouse_projection_events_total");
  EXPECT_GT(applied, 0);
  follower.stop();
  ASSERT_EQ(command(R"({"type":"SetUserInstallBlock","blocked":true})").status, 200U);
  EXPECT_EQ(figure("gatehouse_projection_lag_events"), 1);
  EXPECT_TRUE(http::eventually([&] { return figure("gatehouse_projection_lag_seconds") > 0; }));
  EXPECT_EQ(figure("gatehouse_projection_events_total"), applied);
}

TEST_F(Application, says_refusals_of_the_transport_as_problems_too) {
  http::RawClient client(server.port());
  client.send("GET /livez HTTP/1.1\r\n\r\n");
  const auto answer = client.receive_answer();
  EXPECT_EQ(answer.status, 400U);
  EXPECT_EQ(code_of(answer), "invalid_host");
  EXPECT_EQ(json_of(answer).at("help"), "/docs#help");
}

TEST_F(Application, reads_large_bodies_of_those_alone_who_say_who_they_are) {
  const std::string body(70'000, ' ');
  const auto send = [&](const std::string& target, const std::string& fields, std::string_view sent) {
    http::RawClient client(server.port());
    client.send("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + fields +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(sent));
    return client.receive_answer();
  };
  const auto nobody = send("/v1/accounts/acme/commands", "X-Request-Id: abc-9\r\n", "");
  EXPECT_EQ(nobody.status, 401U) << "before the body was sent";
  EXPECT_EQ(code_of(nobody), "authentication_required");
  EXPECT_EQ(nobody.header("Connection"), "close");
  EXPECT_EQ(nobody.header("X-Request-Id"), "abc-9");
  EXPECT_TRUE(nobody.header("WWW-Authenticate").starts_with("Bearer"));
  EXPECT_EQ(send("/v1/accounts/acme/commands", "Authorization: Bearer made.up.token\r\n", "").status, 401U);
  const auto vendor = send("/v2/marketplace/apps", "", "");
  EXPECT_EQ(vendor.status, 401U);
  EXPECT_EQ(json_of(vendor).at("code").to_number<int>(), 124);
  const auto known = send("/v1/platform/commands", "Authorization: Bearer " + platform + "\r\n", body);
  EXPECT_EQ(known.status, 400U) << "read, and found to be no JSON";
}

TEST_F(Application, says_refusals_of_the_transport_in_the_form_of_the_path) {
  const auto refused = [&](const std::string& head) {
    http::RawClient client(server.port());
    client.send(head + " HTTP/1.1\r\nHost: localhost\r\nx-request-id:  abc-9 \r\n\r\n");
    return client.receive_answer();
  };
  const auto native = refused("POST /v1/accounts/acme/commands?dry_run=true");
  EXPECT_EQ(native.status, 411U);
  EXPECT_EQ(native.header("X-Request-Id"), "abc-9");
  EXPECT_EQ(json_of(native).at("instance"), "/v1/accounts/acme/commands");
  const auto vendor = refused("POST /v2/marketplace/apps/notes/preApprove");
  EXPECT_EQ(vendor.status, 411U);
  EXPECT_EQ(vendor.header("x-zm-trackingid"), "abc-9");
  EXPECT_EQ(json_of(vendor).at("code").to_number<int>(), 411);
  EXPECT_EQ(json_of(vendor).at("reason"), "length_required");
  const auto authzen = refused("POST /access/v1/evaluation");
  EXPECT_EQ(authzen.status, 400U);
  EXPECT_TRUE(json_of(authzen).is_string());
  EXPECT_EQ(refused("TRACE /livez").header("Allow"), "GET, HEAD");
  EXPECT_EQ(refused("TRACE /v1/platform/commands").header("Allow"), "POST");
}

TEST_F(Application, leads_who_comes_without_a_path_to_the_documents) {
  const auto start = get("/", "");
  EXPECT_EQ(start.status, 303U);
  EXPECT_EQ(start.header("Location"), "docs");
}

}  // namespace
}  // namespace gatehouse::api
