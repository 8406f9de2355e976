// Rules about what somebody is shown, and about the documents, by their numbers and over HTTP.
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> texts(const boost::json::value& list, std::string_view member) {
  std::vector<std::string> texts;
  for (const auto& item : list.as_array())
    texts.emplace_back(item.at(member).as_string());
  return texts;
}

std::vector<std::string> texts(const boost::json::value& list) {
  std::vector<std::string> texts;
  for (const auto& item : list.as_array())
    texts.emplace_back(item.as_string());
  return texts;
}

// The account acme: olga owns it, vic may view the marketplace, mia and max are members. Public apps need approval.
struct RulesOverHttp : ApiFixture {
  void SetUp() override {
    open_account();
    must(R"({"type":"DefineRole","role":{"id":"viewer","name":"Viewer","privileges":["MarketPlace:Read"]}})");
    must(R"({"type":"AddMember","user_id":"vic","email":"vic@acme.example","role":"viewer"})");
    must(R"({"type":"AddMember","user_id":"mia","email":"mia@acme.example","name":"Mia","department":"Sales"})");
    must(R"({"type":"AddMember","user_id":"max","email":"max@acme.example"})");
    require(true);
  }
  void must(std::string_view body) { must_as(owner, body); }
  void must_as(std::string_view bearer, std::string_view body) {
    const auto answer = command_as(bearer, body);
    ASSERT_EQ(answer.status, 200U) << answer.body;
  }
  void require(bool required) {
    must(
        std::string(
            R"({"type":"SetApprovalPolicy","class":"public","exempt_platform":false,"exempt_account":false,"required":)") +
        (required ? "true}" : "false}"));
  }
  boost::json::value read(std::string_view path, std::string_view bearer) {
    const auto answer = get("/v1/accounts/acme/" + std::string(path), bearer);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return json_of(answer);
  }

  const std::string mia = token("mia", "acme");
  const std::string max = token("max", "acme");
  const std::string vic = token("vic", "acme");
  static constexpr std::string_view ask = R"({"type":"RequestPreApproval","app_id":"notes","reason":"weekly review"})";
};

TEST_F(RulesOverHttp, R5_reading_what_governs_the_account_needs_view_and_changing_it_edit) {
  for (const auto* path : {"permissions", "notification-settings", "approvals", "restrictions", "app-requests",
                           "apps/notes/approval", "apps/notes/allow-list"}) {
    EXPECT_EQ(get("/v1/accounts/acme/" + std::string(path), vic).status, 200U) << path;
    EXPECT_EQ(code_of(get("/v1/accounts/acme/" + std::string(path), mia)), "privilege_required") << path;
  }
  EXPECT_EQ(code_of(command_as(vic, R"({"type":"RestrictApp","app_id":"notes"})")), "privilege_required");
}

TEST_F(RulesOverHttp, R7_permissions_are_shown_with_the_tag_that_a_change_may_name) {
  const auto answer = get("/v1/accounts/acme/permissions", vic);
  EXPECT_EQ(json_of(answer).at("public").at("required"), true);
  EXPECT_EQ(json_of(answer).at("unlisted").at("required"), false);
  EXPECT_EQ(json_of(answer).at("user_installs_blocked"), false);
  must(R"({"type":"SetUserInstallBlock","blocked":true})");
  EXPECT_EQ(command(R"({"type":"SetUserInstallBlock","blocked":false})", {{"If-Match", answer.header("ETag")}}).status,
            412U);
  const auto tag = get("/v1/accounts/acme/permissions", vic).header("ETag");
  EXPECT_EQ(command(R"({"type":"SetUserInstallBlock","blocked":false})", {{"If-Match", tag}}).status, 200U);
}

TEST_F(RulesOverHttp, R10_the_app_page_shows_the_button_and_then_the_open_request) {
  auto page = read("apps/notes", mia);
  EXPECT_EQ(page.at("user_state"), "can_request");
  EXPECT_THAT(texts(page.at("available_actions")), ElementsAre("request_pre_approve"));
  EXPECT_FALSE(page.as_object().contains("request_id"));
  const auto asked = json_of(command_as(mia, ask));
  page = read("apps/notes", mia);
  EXPECT_EQ(page.at("user_state"), "request_pending");
  EXPECT_THAT(texts(page.at("available_actions")), ElementsAre("withdraw_request"));
  EXPECT_EQ(page.at("request_id"), asked.at("result").at("request_id"));
}

TEST_F(RulesOverHttp, R15_view_shows_who_asked_when_and_why) {
  must_as(mia, ask);
  const auto rows = read("requests?app_id=notes", vic).at("items");
  ASSERT_EQ(rows.as_array().size(), 1U);
  const auto& row = rows.at(0);
  EXPECT_EQ(row.at("user_id"), "mia");
  EXPECT_EQ(row.at("user_name"), "Mia");
  EXPECT_EQ(row.at("user_email"), "mia@acme.example");
  EXPECT_EQ(row.at("user_department"), "Sales");
  EXPECT_EQ(row.at("reason"), "weekly review");
  EXPECT_EQ(row.at("status"), "pending");
  EXPECT_FALSE(row.at("requested_at").as_string().empty());
}

TEST_F(RulesOverHttp, R15_members_see_their_own_requests_alone) {
  const auto asked = json_of(command_as(mia, ask));
  const auto path = "requests/" + std::string(asked.at("result").at("request_id").as_string());
  must_as(max, ask);
  EXPECT_THAT(texts(read("requests", max).at("items"), "user_id"), ElementsAre("max"));
  EXPECT_EQ(code_of(get("/v1/accounts/acme/requests?user_id=mia", max)), "privilege_required");
  EXPECT_EQ(code_of(get("/v1/accounts/acme/" + path, max)), "request_not_found");
  EXPECT_EQ(read(path, mia).at("status"), "pending");
}

TEST_F(RulesOverHttp, R20_an_entry_shows_the_address_by_which_it_can_be_removed) {
  must(
      R"({"type":"GrantPreApproval","app_id":"notes","audience":"selected","emails":["mia@acme.example","max@acme.example"]})");
  must(R"({"type":"ChangeMember","user_id":"mia","email":"mia.new@acme.example"})");
  must(R"({"type":"RemoveMember","user_id":"max"})");
  const auto entries = read("apps/notes/allow-list", owner).at("items").as_array();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].at("user_id"), "max");
  EXPECT_FALSE(entries[0].as_object().contains("email")) << "nobody has it";
  EXPECT_EQ(entries[1].at("email"), "mia.new@acme.example");
  must(R"({"type":"RemoveAllowListEntries","app_id":"notes","emails":["mia.new@acme.example"],"user_ids":["max"]})");
  EXPECT_TRUE(read("apps/notes/allow-list", owner).at("items").as_array().empty());
}

TEST_F(RulesOverHttp, R28_a_pending_request_says_that_no_approval_is_required_any_more) {
  must_as(mia, ask);
  EXPECT_FALSE(read("requests", vic).at("items").at(0).as_object().contains("approval_not_required"));
  require(false);
  const auto row = read("requests", vic).at("items").at(0);
  EXPECT_EQ(row.at("status"), "pending");
  EXPECT_EQ(row.at("approval_not_required"), true);
}

TEST_F(RulesOverHttp, R28_a_request_is_still_needed_by_whom_the_list_leaves_out) {
  must_as(mia, ask);
  must_as(owner, R"({"type":"GrantPreApproval","app_id":"notes","audience":"selected","user_ids":["max"]})");
  require(false);
  EXPECT_FALSE(read("requests", vic).at("items").at(0).as_object().contains("approval_not_required"));
}

TEST_F(RulesOverHttp, R35_the_settings_tell_who_would_be_told_now) {
  auto settings = read("notification-settings", vic);
  EXPECT_EQ(settings.at("resolution"), "automatic");
  EXPECT_THAT(texts(settings.at("would_receive")), ElementsAre("olga"));
  must(R"({"type":"AddMember","user_id":"ada","email":"ada@acme.example","role":"admin"})");
  must(R"({"type":"SetNotificationSettings","enabled":true,"recipients":["ada"]})");
  settings = read("notification-settings", vic);
  EXPECT_EQ(settings.at("resolution"), "selected");
  EXPECT_THAT(texts(settings.at("would_receive")), ElementsAre("ada"));
}

TEST_F(RulesOverHttp, R36_requests_are_still_shown_while_notifications_are_off) {
  must(R"({"type":"SetNotificationSettings","enabled":false,"recipients":[]})");
  must_as(mia, ask);
  EXPECT_EQ(read("notification-settings", vic).at("resolution"), "disabled");
  EXPECT_THAT(texts(read("app-requests?state=active", vic).at("items"), "app_id"), ElementsAre("notes"));
  EXPECT_THAT(texts(read("requests", vic).at("items"), "user_id"), ElementsAre("mia"));
}

TEST_F(RulesOverHttp, R39_a_user_sees_every_unmet_condition_and_view_sees_it_for_anybody) {
  must(R"({"type":"RestrictApp","app_id":"notes"})");
  const auto own = read("apps/notes/installability?user_id=me", mia);
  EXPECT_EQ(own.at("allowed"), false);
  EXPECT_EQ(own.at("reason"), "app_restricted");
  EXPECT_THAT(texts(own.at("unmet"), "code"), ElementsAre("app_restricted", "pre_approval_required"));
  EXPECT_EQ(code_of(get("/v1/accounts/acme/apps/notes/installability?user_id=mia", max)), "privilege_required");
  EXPECT_THAT(texts(read("apps/notes/installability?user_id=mia", vic).at("unmet"), "code"),
              ElementsAre("app_restricted", "pre_approval_required"));
}

TEST_F(RulesOverHttp, R42_requests_to_install_are_not_among_those_for_pre_approval) {
  must_as(mia, ask);
  EXPECT_THAT(read("app-requests?kind=install", vic).at("items").as_array(), IsEmpty());
  EXPECT_THAT(texts(read("app-requests?kind=pre_approval", vic).at("items"), "kind"),
              Each(std::string("pre_approval")));
}

TEST_F(RulesOverHttp, R46_an_app_names_its_support_and_every_problem_where_help_is) {
  EXPECT_EQ(read("apps/notes", mia).at("links").at("support_url"), "https://meeting-notes.example.com/support");
  EXPECT_EQ(json_of(command_as(mia, R"({"type":"Install","app_id":"notes"})")).at("help"), "/docs#help");
  EXPECT_EQ(json_of(get("/v1/nothing", "")).at("help"), "/docs#help");
  EXPECT_EQ(get("/docs", "").status, 200U);
}

}  // namespace
}  // namespace gatehouse::api
