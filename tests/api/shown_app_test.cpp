// What an account is told of an app that it can no longer see but that its rows still name.
#include <gmock/gmock.h>

#include <boost/json/serialize.hpp>
#include <fstream>
#include <iterator>

#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto secret_name = "Secret Project X";
constexpr auto secret_description = "Internal only";

struct ShownApp : ApiFixture {
  ShownApp() {
    open_account();
    vendor = token("olga", "acme", "marketplace_app:read:admin");
    run(R"({"type":"AddMember","user_id":"mia","email":"mia@acme.example","name":"Mia"})");
  }

  void run(std::string_view body) { EXPECT_EQ(command(body).status, 200U) << body; }
  void run_as(std::string_view user, std::string_view body) {
    EXPECT_EQ(command_as(token(user, "acme"), body).status, 200U) << body;
  }
  // The app is private from now on, and becomes something else.
  void take_back() {
    EXPECT_EQ(platform_command(R"({"type":"UnpublishApp","app_id":"notes"})").status, 200U);
    std::ifstream file(GATEHOUSE_SOURCE_DIR "/catalogue/manifests/meeting-notes.json");
    auto manifest =
        boost::json::parse(std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()));
    auto& display = manifest.at("display_information").as_object();
    display["display_name"] = secret_name;
    display["description"] = secret_description;
    const auto updated = platform_command(R"({"type":"UpdateManifest","app_id":"notes","manifest":)" +
                                          boost::json::serialize(manifest) + "}");
    ASSERT_EQ(updated.status, 200U) << updated.body;
  }
  std::string body_of(const std::string& target) {
    const auto answer = get(target, target.starts_with("/v2/") ? vendor : owner);
    EXPECT_EQ(answer.status, 200U) << target << answer.body;
    EXPECT_THAT(answer.body, HasSubstr("notes")) << target;
    return answer.body;
  }

  std::string vendor;
  const std::vector<std::string> lists{"/v2/marketplace/apps/notes",
                                       "/v2/marketplace/apps?type=past_requests",
                                       "/v2/marketplace/apps?type=approved_apps",
                                       "/v2/marketplace/users/mia/apps?type=past_requests",
                                       "/v1/accounts/acme/app-requests",
                                       "/v1/accounts/acme/approvals",
                                       "/v1/accounts/acme/apps/notes/approval"};
};

TEST_F(ShownApp, what_an_app_became_after_it_was_taken_back_is_not_told) {
  run(R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":false})");
  run_as("mia", R"({"type":"RequestPreApproval","app_id":"notes"})");
  run(R"({"type":"ApproveRequests","app_id":"notes","user_ids":["mia"]})");
  take_back();
  for (const auto& list : lists) {
    const auto body = body_of(list);
    EXPECT_THAT(body, Not(HasSubstr(secret_name))) << list;
    EXPECT_THAT(body, Not(HasSubstr(secret_description))) << list;
  }
}

TEST_F(ShownApp, whoever_has_it_installed_is_told_what_it_is) {
  run_as("mia", R"({"type":"Install","app_id":"notes"})");
  take_back();
  EXPECT_THAT(body_of("/v1/accounts/acme/subscriptions"), HasSubstr(secret_name));
  EXPECT_THAT(body_of("/v2/marketplace/apps/notes"), HasSubstr(secret_description));
}

TEST_F(ShownApp, an_approval_changes_its_tag_for_the_account_and_the_catalogue_alone) {
  const auto* approval = "/v1/accounts/acme/apps/notes/approval";
  const auto before = get(approval, owner).header("ETag");
  ASSERT_EQ(platform_command(R"({"type":"OpenAccount","account_id":"globex","name":"Globex",)"
                             R"("owner":{"user_id":"gil","email":"gil@globex.example","name":"Gil"}})")
                .status,
            200U);
  EXPECT_EQ(get(approval, owner, {{"If-None-Match", before}}).status, 304U);
  ASSERT_EQ(platform_command(R"({"type":"PublishApp","app_id":"notes","listed":false})").status, 200U);
  EXPECT_NE(get(approval, owner).header("ETag"), before);
}

}  // namespace
}  // namespace gatehouse::api
