// The vendor's governance API (Z1 to Z8): what its clients send and what they read, over a real socket.
#include <gmock/gmock.h>

#include <boost/json/serialize.hpp>

#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Zoom : ApiFixture {
  Zoom() {
    open_account();
    admin = token("olga", "acme", "marketplace_app:read:admin marketplace_app:write:admin");
    run(R"({"type":"AddMember","user_id":"mia","email":"mia@acme.example","name":"Mia","department":"Sales"})");
    run(R"({"type":"AddMember","user_id":"max","email":"max@acme.example","name":"Max"})");
    run(R"({"type":"CreateGroup","group_id":"sales","name":"Sales"})");
    run(R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})");
  }

  void run(std::string_view body) { EXPECT_EQ(command(body).status, 200U) << body; }
  void asked_by(std::string_view user) {
    const auto answer =
        command_as(token(user, "acme"), R"({"type":"RequestPreApproval","app_id":"notes","reason":"Weekly review"})");
    ASSERT_EQ(answer.status, 200U) << answer.body;
  }
  http::Answer pre_approve(std::string_view body) {
    return call("POST", "/v2/marketplace/apps/notes/preApprove", admin, body);
  }
  http::Answer decide(std::string_view body) {
    return call("PATCH", "/v2/marketplace/apps/notes/requests", admin, body);
  }
  boost::json::value read(std::string_view target) {
    const auto answer = get(target, admin);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return json_of(answer);
  }
  std::vector<std::string> apps(std::string_view type) {
    std::vector<std::string> ids;
    const auto list = read("/v2/marketplace/apps?type=" + std::string(type));
    for (const auto& app : list.at("apps").as_array())
      ids.emplace_back(app.at("app_id").as_string());
    return ids;
  }
  std::vector<std::string> requesters(std::string_view status) {
    std::vector<std::string> ids;
    const auto list = read("/v2/marketplace/apps/notes/requests?status=" + std::string(status));
    for (const auto& request : list.at("requests").as_array())
      ids.emplace_back(request.at("request_user_id").as_string());
    return ids;
  }
  bool may_install(std::string_view user) {
    return json_of(get("/v1/accounts/acme/apps/notes/installability", token(user, "acme"))).at("allowed").as_bool();
  }

  std::string admin;
};

std::string error_of(const http::Answer& answer) {
  return std::to_string(answer.status) + "/" + std::to_string(json_of(answer).at("code").to_number<std::uint64_t>());
}

TEST_F(Zoom, Z1ListsTheAppsThatAreAskedForWithCounts) {
  asked_by("mia");
  asked_by("max");
  const auto list = read("/v2/marketplace/apps");
  EXPECT_EQ(list.at("page_size").to_number<int>(), 30);
  EXPECT_EQ(list.at("next_page_token").as_string(), "");
  ASSERT_EQ(list.at("apps").as_array().size(), 1U);
  const auto& app = list.at("apps").at(0).as_object();
  EXPECT_EQ(app.at("app_id").as_string(), "notes");
  EXPECT_EQ(app.at("app_type").as_string(), "GeneralApp");
  EXPECT_EQ(app.at("app_usage").to_number<int>(), 2);
  EXPECT_EQ(app.at("app_status").as_string(), "PUBLISHED");
  EXPECT_EQ(app.at("app_developer_type").as_string(), "ZOOM");
  EXPECT_EQ(app.at("request_total_number").to_number<int>(), 2);
  EXPECT_EQ(app.at("request_pending_number").to_number<int>(), 2);
  EXPECT_THAT(std::string(app.at("latest_request_date_time").as_string()),
              testing::MatchesRegex("[0-9-]{10}T[0-9:]{8}Z"));
  EXPECT_FALSE(app.contains("reviewer_name"));
  EXPECT_FALSE(app.at("approval_info").at("app_approval_closed").as_bool());
  EXPECT_THAT(apps("past_requests"), IsEmpty());
}

TEST_F(Zoom, Z1SaysOfPastRequestsWhoDecided) {
  asked_by("mia");
  EXPECT_EQ(decide(R"({"action":"decline","request_user_ids":["mia"]})").status, 204U);
  EXPECT_THAT(apps("active_requests"), IsEmpty());
  const auto app = read("/v2/marketplace/apps?type=past_requests").at("apps").at(0);
  EXPECT_EQ(app.at("request_declined_number").to_number<int>(), 1);
  EXPECT_EQ(app.at("reviewer_name").as_string(), "Olga");
  EXPECT_TRUE(app.as_object().contains("review_date_time"));
}

TEST_F(Zoom, Z1TakesNoWithdrawalForAReview) {
  asked_by("mia");
  EXPECT_EQ(decide(R"({"action":"cancel","request_user_ids":["mia"]})").status, 204U);
  EXPECT_FALSE(read("/v2/marketplace/apps?type=past_requests").at("apps").at(0).as_object().contains("reviewer_name"));
}

TEST_F(Zoom, Z1ListsAnAppWithPendingAndDecidedRequestsInBothAndTellsTheNewestOfEach) {
  asked_by("mia");
  asked_by("max");
  EXPECT_EQ(decide(R"({"action":"decline","request_user_ids":["max"]})").status, 204U);
  const auto of_user = [&](std::string_view user, std::string_view type) {
    return read("/v2/marketplace/users/" + std::string(user) + "/apps?type=" + std::string(type)).at("apps").at(0);
  };
  const auto active = read("/v2/marketplace/apps").at("apps").at(0);
  const auto pending = of_user("mia", "active_requests");
  EXPECT_EQ(active.at("request_id"), pending.at("request_id"));
  EXPECT_EQ(active.at("latest_request_date_time"), pending.at("request_date_time"));
  const auto past = read("/v2/marketplace/apps?type=past_requests").at("apps").at(0);
  EXPECT_EQ(past.at("request_id"), of_user("max", "past_requests").at("request_id"));
  EXPECT_EQ(past.at("request_pending_number").to_number<int>(), 1);
  EXPECT_EQ(past.at("request_declined_number").to_number<int>(), 1);
}

TEST_F(Zoom, ChangesNothingThatIsAtAnotherVersionOrInAnotherMediaType) {
  const std::string path = "/v2/marketplace/apps/notes/preApprove", body = R"({"action":"approve_all"})";
  const auto tag = get("/v2/marketplace/apps/notes", admin).header("ETag");
  EXPECT_EQ(call("POST", path, admin, body, {{"If-Match", "\"v1\""}}).status, 412U);
  EXPECT_EQ(call("POST", path, admin, body, {{"Content-Type", "text/plain"}}).status, 415U);
  EXPECT_FALSE(may_install("mia"));
  EXPECT_EQ(call("POST", path, admin, body, {{"If-Match", tag}}).status, 201U) << tag;
  EXPECT_TRUE(may_install("mia"));
}

TEST_F(Zoom, Z1ListsPublicApprovedRestrictedAddedAndOwnApps) {
  EXPECT_THAT(apps("public"), ElementsAre("notes"));
  EXPECT_THAT(apps("account_created"), IsEmpty());
  EXPECT_THAT(apps("approved_apps"), IsEmpty());
  pre_approve(R"({"action":"approve_all"})");
  EXPECT_THAT(apps("approved_apps"), ElementsAre("notes"));
  const auto approval = read("/v2/marketplace/apps?type=approved_apps").at("apps").at(0).at("approval_info");
  EXPECT_EQ(approval.at("approved_type").as_string(), "forAllUser");
  EXPECT_EQ(approval.at("approver_id").as_string(), "olga");
  EXPECT_THAT(apps("account_added"), IsEmpty());
  EXPECT_EQ(
      call("POST", "/v2/marketplace/apps/notes/requests", admin, R"({"action":"add_user","user_ids":["mia"]})").status,
      201U);
  EXPECT_THAT(apps("account_added"), ElementsAre("notes"));
  run(R"({"type":"RestrictApp","app_id":"notes"})");
  EXPECT_THAT(apps("restricted_apps"), ElementsAre("notes"));
  EXPECT_TRUE(
      read("/v2/marketplace/apps?type=restricted_apps").at("apps").at(0).as_object().contains("restricted_time"));
}

TEST_F(Zoom, Z1PagesAndKnowsItsOwnTokensAlone) {
  EXPECT_EQ(error_of(get("/v2/marketplace/apps?page_size=0", admin)), "400/300");
  EXPECT_EQ(error_of(get("/v2/marketplace/apps?page_size=301", admin)), "400/300");
  EXPECT_EQ(error_of(get("/v2/marketplace/apps?type=nothing", admin)), "400/300");
  const auto bad_token = get("/v2/marketplace/apps?next_page_token=x", admin);
  EXPECT_EQ(error_of(bad_token), "400/300");
  EXPECT_EQ(json_of(bad_token).at("errors").at(0).at("field").as_string(), "next_page_token");
  EXPECT_EQ(get("/v2/marketplace/apps?unknown=1&page_size=300", admin).status, 200U);
}

TEST_F(Zoom, Z2ShowsAnAppsPermissionsRequirementsAndScopes) {
  const auto app = read("/v2/marketplace/apps/notes");
  EXPECT_EQ(app.at("app_requirements").at("user_role").as_string(), "user");
  EXPECT_FALSE(app.at("app_scopes").as_array().empty());
  EXPECT_FALSE(app.at("app_permissions").as_array().empty());
  EXPECT_TRUE(app.at("app_links").as_object().contains("support_url"));
  const auto missing = get("/v2/marketplace/apps/absent", admin);
  EXPECT_EQ(error_of(missing), "404/1401");
  EXPECT_EQ(json_of(missing).at("message").as_string(), "App ID does not exist: absent");
}

TEST_F(Zoom, Z3ApprovesForAllForUsersAndForGroupsAndTakesBack) {
  const auto all = pre_approve(R"({"action":"approve_all"})");
  EXPECT_EQ(all.status, 201U) << all.body;
  EXPECT_TRUE(json_of(all).as_object().contains("executed_at"));
  EXPECT_TRUE(may_install("mia"));
  EXPECT_EQ(pre_approve(R"({"action":"disapprove_all"})").status, 201U);
  EXPECT_FALSE(may_install("mia"));
  const auto some = pre_approve(R"({"action":"approve_user","user_ids":["mia"]})");
  EXPECT_EQ(boost::json::serialize(json_of(some).at("user_ids")), R"(["mia"])");
  EXPECT_TRUE(may_install("mia"));
  EXPECT_FALSE(may_install("max"));
  run(R"({"type":"AddGroupMembers","group_id":"sales","user_ids":["max"]})");
  EXPECT_EQ(pre_approve(R"({"action":"approve_group","group_ids":["sales"]})").status, 201U);
  EXPECT_TRUE(may_install("max"));
  run(R"({"type":"AddAppForUsers","app_id":"notes","audience":"selected","user_ids":["olga"]})");
  EXPECT_EQ(pre_approve(R"({"action":"disapprove_group","group_ids":["sales"]})").status, 201U);
  EXPECT_FALSE(may_install("max"));
  EXPECT_EQ(pre_approve(R"({"action":"disapprove_user","user_ids":["mia","max"]})").status, 201U);
  EXPECT_FALSE(may_install("mia"));
}

TEST_F(Zoom, Z4ShowsTheRequestsForAnAppThatWasTakenOutOfTheMarketplace) {
  asked_by("mia");
  ASSERT_EQ(platform_command(R"({"type":"UnpublishApp","app_id":"notes"})").status, 200U);
  EXPECT_THAT(apps("active_requests"), ElementsAre("notes"));
  EXPECT_THAT(requesters("pending"), ElementsAre("mia"));
  EXPECT_EQ(read("/v2/marketplace/apps/notes").at("app_id").as_string(), "notes");
}

TEST_F(Zoom, Z3RefusesWithTheVendorsCodes) {
  EXPECT_EQ(error_of(pre_approve(R"({"action":"disapprove_user","user_ids":["mia"]})")), "400/1404");
  EXPECT_EQ(error_of(pre_approve(R"({"action":"disapprove_all"})")), "400/1404");
  const auto member = token("mia", "acme", "marketplace_app:write:admin");
  for (const auto* action : {R"({"action":"disapprove_user","user_ids":["mia"]})", R"({"action":"disapprove_all"})"})
    EXPECT_EQ(call("POST", "/v2/marketplace/apps/notes/preApprove", member, action).status, 403U) << action;
  EXPECT_EQ(error_of(pre_approve(R"({"action":"approve_user","user_ids":["nobody"]})")), "404/1001");
  EXPECT_EQ(error_of(pre_approve(R"({"action":"approve_user"})")), "400/1500");
  EXPECT_EQ(error_of(pre_approve(R"({"action":"approve"})")), "400/300");
  EXPECT_EQ(error_of(pre_approve(R"({"action":"approve_user","user_ids":"mia"})")), "400/300");
  EXPECT_EQ(error_of(pre_approve("not json")), "400/300");
  EXPECT_EQ(json_of(pre_approve("[]")).at("message").as_string(), "Request Body should be a valid JSON object.");
  std::string many = R"({"action":"approve_user","user_ids":["u0")";
  for (int user = 1; user <= 20; ++user)
    many += ",\"u" + std::to_string(user) + "\"";
  EXPECT_EQ(error_of(pre_approve(many + "]}")), "400/300");
  EXPECT_EQ(error_of(call("POST", "/v2/marketplace/apps/absent/preApprove", admin, R"({"action":"approve_all"})")),
            "404/1401");
}

TEST_F(Zoom, Z4ListsRequestsByStatus) {
  asked_by("mia");
  asked_by("max");
  EXPECT_EQ(decide(R"({"action":"approve","request_user_ids":["mia"]})").status, 204U);
  EXPECT_THAT(requesters("pending"), ElementsAre("max"));
  EXPECT_THAT(requesters("approved"), ElementsAre("mia"));
  EXPECT_EQ(decide(R"({"action":"cancel","request_user_ids":["max"]})").status, 204U);
  EXPECT_THAT(requesters("rejected"), IsEmpty());
  const auto request = read("/v2/marketplace/apps/notes/requests?status=approved").at("requests").at(0);
  EXPECT_EQ(request.at("request_user_name").as_string(), "Mia");
  EXPECT_EQ(request.at("request_user_email").as_string(), "mia@acme.example");
  EXPECT_EQ(request.at("request_user_department").as_string(), "Sales");
  EXPECT_EQ(request.at("reason").as_string(), "Weekly review");
  EXPECT_EQ(error_of(get("/v2/marketplace/apps/absent/requests", admin)), "404/1401");
}

TEST_F(Zoom, Z5AddsTheAppForUsers) {
  const auto add = [&](std::string_view body) {
    return call("POST", "/v2/marketplace/apps/notes/requests", admin, body);
  };
  const auto one = add(R"({"action":"add_user","user_ids":["mia"]})");
  EXPECT_EQ(one.status, 201U) << one.body;
  EXPECT_TRUE(json_of(one).as_object().contains("added_at"));
  EXPECT_EQ(add(R"({"action":"add_group","group_ids":["sales"]})").status, 201U);
  EXPECT_EQ(add(R"({"action":"add_all"})").status, 201U);
  const auto subscriptions = json_of(get("/v1/accounts/acme/subscriptions?app_id=notes", owner)).at("items").as_array();
  EXPECT_EQ(subscriptions.size(), 3U);
  EXPECT_EQ(error_of(add(R"({"action":"add_user","user_ids":["nobody"]})")), "404/1001");
}

TEST_F(Zoom, Z6DecidesAboutAllRequestsWithoutAskingForAConfirmation) {
  asked_by("mia");
  EXPECT_EQ(decide(R"({"action":"approve_all"})").status, 204U);
  EXPECT_TRUE(may_install("max"));
  EXPECT_EQ(decide(R"({"action":"decline_all"})").status, 204U);
  EXPECT_FALSE(may_install("mia"));
  asked_by("mia");
  EXPECT_EQ(decide(R"({"action":"approve","request_user_ids":["mia"]})").status, 204U);
  EXPECT_EQ(error_of(decide(R"({"action":"decline","request_user_ids":["mia"]})")), "400/1500");
  EXPECT_EQ(error_of(decide(R"({"action":"decline"})")), "400/1500");
}

TEST_F(Zoom, Z7ListsWhatAUserAskedFor) {
  asked_by("mia");
  const auto app = read("/v2/marketplace/users/mia/apps").at("apps").at(0);
  EXPECT_EQ(app.at("app_id").as_string(), "notes");
  EXPECT_EQ(app.at("request_status").as_string(), "pending");
  EXPECT_THAT(read("/v2/marketplace/users/mia/apps?type=past_requests").at("apps").as_array(), IsEmpty());
  decide(R"({"action":"decline","request_user_ids":["mia"]})");
  EXPECT_EQ(read("/v2/marketplace/users/mia/apps?type=past_requests").at("apps").at(0).at("request_status").as_string(),
            "rejected");
  EXPECT_EQ(error_of(get("/v2/marketplace/users/nobody/apps", admin)), "404/1001");
}

TEST_F(Zoom, Z8SwitchesOneSubscription) {
  const auto change = [&](std::string_view user, std::string_view action) {
    return call("PATCH", "/v2/marketplace/users/" + std::string(user) + "/apps/notes/subscription", admin,
                R"({"action":")" + std::string(action) + R"("})");
  };
  pre_approve(R"({"action":"approve_all"})");
  EXPECT_EQ(command_as(token("mia", "acme"), R"({"type":"Install","app_id":"notes"})").status, 200U);
  EXPECT_EQ(change("mia", "disable").status, 204U);
  EXPECT_EQ(json_of(get("/v1/accounts/acme/apps/notes", token("mia", "acme"))).at("user_state").as_string(),
            "disabled");
  EXPECT_EQ(change("mia", "enable").status, 204U);
  EXPECT_EQ(error_of(change("max", "disable")), "400/1500");
  EXPECT_EQ(error_of(change("nobody", "disable")), "404/1001");
  EXPECT_EQ(error_of(change("mia", "remove")), "400/300");
}

TEST_F(Zoom, EveryAnswerNamesItsTrace) {
  EXPECT_FALSE(get("/v2/marketplace/apps", admin).header("x-zm-trackingid").empty());
  EXPECT_FALSE(pre_approve("{}").header("x-zm-trackingid").empty());
  EXPECT_TRUE(get("/v1/accounts/acme/permissions", owner).header("x-zm-trackingid").empty());
}

}  // namespace
}  // namespace gatehouse::api
