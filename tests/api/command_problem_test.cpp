#include "api/command_problem.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

boost::json::object document(Problem problem) {
  return boost::json::parse(http::body_text(to_response(std::move(problem), "/x").body)).as_object();
}

unsigned status(Problem problem) { return to_response(std::move(problem), "/x").status; }

TEST(CommandProblem, points_to_what_could_not_be_read) {
  const auto body = document(to_problem(UnreadableCommand{
      "invalid_field", "Members are not valid.", {{"/user_ids/3", "invalid_field", "Must be an identifier."}}}));
  EXPECT_EQ(body.at("errors").at(0).at("pointer"), "/user_ids/3");
  EXPECT_FALSE(body.at("errors").at(0).as_object().contains("setting"));
}

TEST(CommandProblem, names_places_in_a_manifest_as_the_vendors_tools_do) {
  const auto body = document(to_problem(UnreadableCommand{
      "manifest_invalid",
      "",
      {{"/commands/1/manifest/oauth_information/scopes/0", "unknown_scope", "No.", "/oauth_information/scopes[0]"}}}));
  EXPECT_EQ(body.at("status"), 422);
  EXPECT_EQ(body.at("errors").at(0).at("setting"), "/oauth_information/scopes[0]");
}

TEST(CommandProblem, points_into_the_batch_for_the_refused_command) {
  Rejection rejection{.code = RejectionCode::invalid_email, .detail = "No address."};
  rejection.errors.push_back({"/emails/2", "invalid_email", "No address."});
  const auto body = document(to_problem(rejection, 4));
  EXPECT_EQ(body.at("errors").at(0).at("pointer"), "/commands/4/emails/2");
  EXPECT_EQ(body.at("command_index"), 4);
}

TEST(CommandProblem, forbids_an_installation_that_the_gate_refuses_with_all_unmet_conditions) {
  Rejection rejection{.code = RejectionCode::app_restricted, .detail = "Refused."};
  rejection.unmet.push_back({.code = GateCode::app_restricted, .step = 6, .missing_scopes = {}, .request_id = {}});
  rejection.unmet.push_back({.code = GateCode::missing_scopes,
                             .step = 10,
                             .missing_scopes = {{"user:read:admin", "View users", "User:Read"}},
                             .request_id = {}});
  rejection.next_action = "ask_admin";
  const auto body = document(to_problem(rejection));
  EXPECT_EQ(body.at("status"), 403);
  EXPECT_EQ(body.at("next_action"), "ask_admin");
  EXPECT_EQ(body.at("unmet").at(0).at("code"), "app_restricted");
  EXPECT_EQ(body.at("unmet").at(1).at("missing_scopes").at(0).at("needs_privilege"), "User:Read");
}

TEST(CommandProblem, tells_a_refused_request_from_a_refused_installation) {
  EXPECT_EQ(status(to_problem(Rejection{.code = RejectionCode::app_restricted})), 409U);
  EXPECT_EQ(status(to_problem(Rejection{.code = RejectionCode::user_installs_blocked})), 409U);
}

TEST(CommandProblem, forbids_what_the_gate_refuses_but_for_what_is_installed) {
  const auto refused = [](RejectionCode code) {
    Rejection rejection{.code = code};
    rejection.unmet.push_back({});
    return status(to_problem(rejection));
  };
  for (const auto code : {RejectionCode::already_installed, RejectionCode::subscription_disabled})
    EXPECT_EQ(refused(code), 409U);
  for (const auto code : {RejectionCode::app_not_available, RejectionCode::credentials_not_available})
    EXPECT_EQ(refused(code), 403U);
}

TEST(CommandProblem, shows_the_first_decision_to_whoever_decides_second) {
  Rejection rejection{.code = RejectionCode::request_not_pending};
  rejection.request_id = RequestId("r");
  rejection.status = RequestStatus::rejected;
  rejection.decided_by = UserId("u");
  rejection.decided_at = Timestamp{1'000};
  const auto body = document(to_problem(rejection));
  EXPECT_EQ(body.at("status"), 409);
  EXPECT_EQ(body.at("request_status"), "rejected");
  EXPECT_EQ(body.at("decided_by"), "u");
  EXPECT_EQ(body.at("decided_at"), "1970-01-01T00:00:01.000Z");
}

TEST(CommandProblem, shows_what_a_confirmation_is_asked_for) {
  Rejection rejection{.code = RejectionCode::confirmation_required};
  rejection.impact = Impact{{{"subscriptions", 120}}};
  rejection.confirmation_token = "t";
  rejection.confirmation_expires_at = Timestamp{600'000};
  const auto body = document(to_problem(rejection));
  EXPECT_EQ(body.at("impact").at("subscriptions"), 120);
  EXPECT_EQ(body.at("confirmation_token"), "t");
  EXPECT_EQ(body.at("confirmation_expires_at"), "1970-01-01T00:10:00.000Z");
}

TEST(CommandProblem, gives_every_failure_its_own_code) {
  EXPECT_EQ(document(to_problem(Failed{Failure::queue_full, ""})).at("code"), "busy");
  EXPECT_EQ(document(to_problem(Failed{Failure::read_only, "disk_full: 3 MiB left"})).at("code"), "disk_full");
  EXPECT_EQ(document(to_problem(Failed{Failure::read_only, "failed"})).at("code"), "read_only");
  EXPECT_EQ(document(to_problem(Failed{Failure::key_reused, ""})).at("status"), 422);
  EXPECT_EQ(document(to_problem(Failed{Failure::contended, ""})).at("code"), "contended");
  EXPECT_EQ(document(to_problem(Failed{Failure::unknown, ""})).at("code"), "outcome_unknown");
}

}  // namespace
}  // namespace gatehouse::api
