#include "api/command_json.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

tl::expected<ReadManifest, std::vector<ReadError>> accept_named_manifest(const boost::json::value& manifest) {
  if (!manifest.as_object().contains("name")) {
    return tl::unexpected(std::vector<ReadError>{{"/name", "required", "Is missing.", "/name"}});
  }
  return ReadManifest{.input = {.facts = {}, .text = boost::json::serialize(manifest), .warnings = {}},
                      .app_type = "general"};
}

auto read(std::string_view body) { return read_commands(body, accept_named_manifest); }

template <class T>
T command(std::string_view body) {
  const auto batch = read(body);
  if (!batch) {
    ADD_FAILURE() << batch.error().code << " " << (batch.error().errors.empty() ? "" : batch.error().errors[0].pointer);
    return {};
  }
  return std::get<T>(batch->commands.at(0));
}

std::string code(std::string_view body) {
  const auto batch = read(body);
  return batch ? "accepted" : batch.error().code;
}

std::vector<std::string> places(std::string_view body) {
  const auto batch = read(body);
  std::vector<std::string> found;
  if (batch)
    return found;
  for (const auto& error : batch.error().errors)
    found.push_back(error.code + " " + error.pointer);
  return found;
}

TEST(CommandJson, reads_a_command_with_all_its_members) {
  const auto grant = command<GrantPreApproval>(
      R"({"type":"GrantPreApproval","app_id":"zoom-arlo","audience":"selected","emails":["a@b.c"],"user_ids":["u1","u2"],
          "group_ids":["g"],"includes_development":false,"reason":"weekly\nreview"})");
  EXPECT_EQ(grant.app_id, AppId("zoom-arlo"));
  EXPECT_EQ(grant.audience, Audience::selected);
  EXPECT_EQ(grant.emails, std::vector<std::string>{"a@b.c"});
  EXPECT_EQ(grant.user_ids, (std::vector{UserId("u1"), UserId("u2")}));
  EXPECT_EQ(grant.includes_development, false);
  EXPECT_EQ(grant.reason, "weekly\nreview");
}

TEST(CommandJson, leaves_optional_members_empty) {
  const auto request = command<RequestPreApproval>(R"({"type":"RequestPreApproval","app_id":"a"})");
  EXPECT_EQ(request.reason, std::nullopt);
  EXPECT_EQ(request.credentials, std::nullopt);
}

TEST(CommandJson, names_members_without_the_underscore_of_keywords) {
  const auto policy = command<SetApprovalPolicy>(
      R"({"type":"SetApprovalPolicy","class":"public","required":true,"exempt_platform":false,"exempt_account":true})");
  EXPECT_EQ(policy.class_, AppClass::public_);
  EXPECT_TRUE(policy.exempt_account);
  EXPECT_THAT(places(R"({"type":"SetApprovalPolicy","class_":"public_"})"), testing::Contains("unknown_field /class_"));
}

TEST(CommandJson, reads_nested_objects) {
  const auto open = command<OpenAccount>(
      R"({"type":"OpenAccount","account_id":"acme","name":"Acme","owner":{"user_id":"o","email":"o@x.y","name":"O"},
          "policies":{"public":{"required":true},"notifications":{"recipients":[]}}})");
  EXPECT_EQ(open.owner.user_id, UserId("o"));
  EXPECT_EQ(open.policies->public_->required, true);
  EXPECT_EQ(open.policies->public_->exempt_account, std::nullopt);
  EXPECT_THAT(*open.policies->notifications->recipients, IsEmpty());
}

TEST(CommandJson, tells_everything_that_is_wrong_at_once) {
  EXPECT_THAT(places(R"({"type":"ApproveRequests","app_id":7,"user_ids":["ok","not ok",3],"aproved":true})"),
              ElementsAre("unknown_field /aproved", "invalid_field /app_id", "invalid_field /user_ids/1",
                          "invalid_field /user_ids/2"));
}

TEST(CommandJson, escapes_names_in_pointers) {
  EXPECT_THAT(places(R"({"type":"ActivateApp","app_id":"a","x/y~z":1})"), ElementsAre("unknown_field /x~1y~0z"));
}

TEST(CommandJson, takes_null_for_no_member) {
  EXPECT_THAT(places(R"({"type":"RequestPreApproval","app_id":"a","reason":null})"),
              ElementsAre("invalid_field /reason"));
}

TEST(CommandJson, keeps_texts_within_their_limits_counted_in_characters) {
  const auto with_reason = [](std::string text) {
    return code(R"({"type":"RequestInstall","app_id":"a","reason":")" + std::move(text) + "\"}");
  };
  std::string umlauts;
  for (int count = 0; count < 1'024; ++count)
    umlauts += "ä";
  EXPECT_EQ(with_reason(umlauts), "accepted");
  EXPECT_EQ(with_reason(umlauts + "x"), "invalid_field");
  EXPECT_EQ(with_reason(""), "invalid_field");
  EXPECT_EQ(with_reason("a\\u0000b"), "invalid_field");
  EXPECT_EQ(code(R"({"type":"CreateGroup","group_id":"g","name":"two\nlines"})"), "invalid_field");
}

TEST(CommandJson, keeps_lists_within_their_limits) {
  const auto with_users = [](std::size_t count) {
    std::string users;
    for (std::size_t user = 0; user < count; ++user)
      users += (user == 0 ? "\"u" : ",\"u") + std::to_string(user) + "\"";
    return code(R"({"type":"AddGroupMembers","group_id":"g","user_ids":[)" + users + "]}");
  };
  EXPECT_EQ(with_users(0), "invalid_field");
  EXPECT_EQ(with_users(1), "accepted");
  EXPECT_EQ(with_users(1'000), "accepted");
  EXPECT_EQ(with_users(1'001), "invalid_field");
}

TEST(CommandJson, wants_exactly_one_way_of_naming_requests) {
  EXPECT_EQ(code(R"({"type":"CancelRequests","kind":"install","app_id":"a"})"), "invalid_field");
  EXPECT_EQ(code(R"({"type":"CancelRequests","kind":"install","app_id":"a","user_ids":["u"],"request_ids":["r"]})"),
            "invalid_field");
  EXPECT_EQ(code(R"({"type":"CancelRequests","kind":"install","app_id":"a","request_ids":["r"]})"), "accepted");
}

TEST(CommandJson, wants_an_entry_where_entries_are_added) {
  EXPECT_EQ(code(R"({"type":"AddAllowListEntries","app_id":"a"})"), "invalid_field");
  EXPECT_EQ(code(R"({"type":"AddAllowListEntries","app_id":"a","group_ids":["g"]})"), "accepted");
  EXPECT_EQ(code(R"({"type":"GrantPreApproval","app_id":"a","audience":"everyone"})"), "accepted");
}

TEST(CommandJson, wants_a_user_for_target_user_alone) {
  EXPECT_EQ(code(R"({"type":"Uninstall","app_id":"a"})"), "accepted");
  EXPECT_EQ(code(R"({"type":"Uninstall","app_id":"a","target":"user","user_id":"u"})"), "accepted");
  EXPECT_THAT(places(R"({"type":"Uninstall","app_id":"a","target":"user"})"), ElementsAre("invalid_field /user_id"));
  EXPECT_THAT(places(R"({"type":"Uninstall","app_id":"a","target":"account","user_id":"u"})"),
              ElementsAre("invalid_field /user_id"));
}

TEST(CommandJson, tells_the_kinds_of_unreadable_bodies_apart) {
  EXPECT_EQ(code("{"), "malformed_json");
  EXPECT_EQ(code(R"({"type":"ActivateApp","type":"ActivateApp","app_id":"a"})"), "malformed_json");
  EXPECT_EQ(code("[]"), "invalid_field");
  EXPECT_EQ(code("{}"), "invalid_field");
  EXPECT_EQ(code(R"({"type":"DropTables"})"), "unknown_command");
  EXPECT_EQ(code(R"({"type":"ActivateApp","app_id":"a","force":true})"), "unknown_field");
  EXPECT_EQ(code(R"({"type":"ActivateApp"})"), "invalid_field");
}

TEST(CommandJson, reads_a_batch_in_order) {
  const auto batch =
      read(R"({"commands":[{"type":"ActivateApp","app_id":"a"},{"type":"PublishApp","app_id":"b","listed":true}]})");
  ASSERT_TRUE(batch);
  EXPECT_TRUE(batch->is_batch);
  ASSERT_EQ(batch->commands.size(), 2U);
  EXPECT_EQ(std::get<ActivateApp>(batch->commands[0]).app_id, AppId("a"));
  EXPECT_TRUE(std::get<PublishApp>(batch->commands[1]).listed);
}

TEST(CommandJson, points_into_the_batch) {
  EXPECT_THAT(places(R"({"commands":[{"type":"ActivateApp","app_id":"a"},{"type":"ActivateApp"},7],"x":1})"),
              ElementsAre("unknown_field /x", "invalid_field /commands/1/app_id", "invalid_field /commands/2"));
}

TEST(CommandJson, takes_up_to_a_hundred_commands) {
  const auto with_commands = [](std::size_t count) {
    std::string list;
    for (std::size_t index = 0; index < count; ++index) {
      list += std::string(index == 0 ? "" : ",") + R"({"type":"ActivateApp","app_id":"a"})";
    }
    return code("{\"commands\":[" + list + "]}");
  };
  EXPECT_EQ(with_commands(0), "invalid_field");
  EXPECT_EQ(with_commands(100), "accepted");
  EXPECT_EQ(with_commands(101), "invalid_field");
}

TEST(CommandJson, reads_every_command_by_its_name) {
  const std::vector<std::string> names{
#define GATEHOUSE_NAME(command) #command,
      GATEHOUSE_CONTRACT_COMMANDS(GATEHOUSE_NAME)
#undef GATEHOUSE_NAME
  };
  for (const auto& name : names)
    EXPECT_NE(code(R"({"type":")" + name + "\"}"), "unknown_command") << name;
}

TEST(CommandJson, gives_a_manifest_to_its_own_reader) {
  const auto app =
      command<RegisterApp>(R"({"type":"RegisterApp","manifest":{"name":"x"},"developer":{"kind":"platform"}})");
  EXPECT_EQ(app.manifest.text, R"({"name":"x"})");
  EXPECT_EQ(app.app_type, "general");
  constexpr auto refused = R"({"commands":[{"type":"RegisterApp","manifest":{},"developer":{"kind":"platform"}}]})";
  EXPECT_EQ(code(refused), "manifest_invalid");
  EXPECT_THAT(places(refused), ElementsAre("required /commands/0/manifest/name"));
}

}  // namespace
}  // namespace gatehouse::api
