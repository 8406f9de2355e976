#include "api/problem.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "api/public_url.hpp"

namespace gatehouse::api {
namespace {

boost::json::object document(const http::Response& response) {
  return boost::json::parse(http::body_text(response.body)).as_object();
}

std::string header(const http::Response& response, std::string_view name) {
  for (const auto& field : response.headers) {
    if (field.name == name)
      return field.value;
  }
  return "";
}

TEST(Problem, becomes_a_problem_document_of_rfc_9457) {
  const auto response = to_response(make_problem("app_not_found", "There is no such app."), "/v1/accounts/a/apps/x");
  EXPECT_EQ(response.status, 404U);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(
      http::body_text(response.body),
      R"({"type":"/docs/problems/app_not_found","title":"There is no such app for this account","status":404,)"
      R"("detail":"There is no such app.","instance":"/v1/accounts/a/apps/x","code":"app_not_found","help":"/docs#help"})");
}

TEST(Problem, is_found_by_references_that_lead_through_a_proxy_with_a_path_of_its_own) {
  const auto body = document(to_response(make_problem("app_not_found", ""), "/v1/accounts/a/apps/x",
                                         {.base_path = path_of_url("https://example.com/gate")}));
  EXPECT_EQ(body.at("type"), "/gate/docs/problems/app_not_found");
  EXPECT_EQ(body.at("instance"), "/gate/v1/accounts/a/apps/x");
  EXPECT_EQ(body.at("help"), "/gate/docs#help");
  EXPECT_EQ(path_of_url("https://example.com:8443"), "");
}

TEST(Problem, names_no_instance_that_is_no_reference_to_a_path_here) {
  const auto instance_of = [](std::string_view path) {
    const auto body = document(to_response(make_problem("not_found", ""), path));
    const auto* instance = body.if_contains("instance");
    return instance == nullptr ? std::string("none") : std::string(instance->get_string());
  };
  EXPECT_EQ(instance_of("/v1/a%20b"), "/v1/a%20b");
  EXPECT_EQ(instance_of("//other.example/x"), "/.//other.example/x") << "and no other host";
  EXPECT_EQ(instance_of("/v1/%zz"), "none");
  EXPECT_EQ(instance_of("/v1/%4"), "none");
  EXPECT_EQ(instance_of(""), "none");
}

TEST(Problem, carries_further_members) {
  auto problem = make_problem("request_not_pending", "Decided.");
  problem.with("request_id", "r1").with("decided_at", Timestamp{1'000});
  const auto body = document(to_response(std::move(problem), "/"));
  EXPECT_EQ(body.at("request_id"), "r1");
  EXPECT_EQ(body.at("decided_at"), "1970-01-01T00:00:01.000Z");
}

TEST(Problem, says_when_to_try_again) {
  EXPECT_EQ(header(to_response(make_problem("busy", ""), "/"), "Retry-After"), "1");
  EXPECT_EQ(header(to_response(make_problem("app_not_found", ""), "/"), "Retry-After"), "");
}

TEST(Problem, asks_for_a_token_as_rfc_6750_does) {
  EXPECT_EQ(header(to_response(make_problem("authentication_required", ""), "/"), "WWW-Authenticate"),
            "Bearer realm=\"gatehouse\"");
  EXPECT_EQ(header(to_response(make_problem("invalid_token", ""), "/"), "WWW-Authenticate"),
            "Bearer realm=\"gatehouse\", error=\"invalid_token\"");
  EXPECT_EQ(header(to_response(insufficient_scope("ops"), "/"), "WWW-Authenticate"),
            "Bearer realm=\"gatehouse\", error=\"insufficient_scope\", scope=\"ops\"");
}

TEST(Problem, names_the_wrong_parameter) {
  const auto body = document(to_response(invalid_parameter("page_size", "Must be 1 to 300."), "/"));
  EXPECT_EQ(body.at("errors").at(0).at("parameter"), "page_size");
}

TEST(Problem, of_an_event_that_is_not_there_says_when_the_path_names_no_position) {
  EXPECT_EQ(no_event_at("abc").code, "event_not_found");
  EXPECT_EQ(no_event_at("abc").detail, "An event is named by its position, a number from 1.");
  EXPECT_EQ(no_event_at("812").detail, "The account has no event at this position.");
}

}  // namespace
}  // namespace gatehouse::api
