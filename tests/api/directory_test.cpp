// The directory's queries over a real socket: one member with what the role and the groups give, pages of roles, members of a group.
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Directory : ApiFixture {
  Directory() { open_account(); }

  void run(const std::string& body) {
    const auto answer = command(body);
    EXPECT_EQ(answer.status, 200U) << body << answer.body;
  }
  void add(const std::string& user) {
    run(R"({"type":"AddMember","user_id":")" + user + R"(","email":")" + user + "@acme.example\"}");
  }
  static std::vector<std::string> texts(const boost::json::value& list) {
    std::vector<std::string> found;
    for (const auto& each : list.as_array())
      found.emplace_back(each.as_string());
    return found;
  }
  // The ids of all pages, a page each.
  std::vector<std::vector<std::string>> pages(const std::string& path, std::string_view id, int size) {
    std::vector<std::vector<std::string>> found;
    std::string next;
    do {
      const auto body = json_of(get(path + "?page_size=" + std::to_string(size) + "&next_page_token=" + next, owner));
      found.emplace_back();
      for (const auto& item : body.at("items").as_array())
        found.back().emplace_back(item.at(id).as_string());
      next = body.at("next_page_token").as_string();
    } while (!next.empty());
    return found;
  }
};

TEST_F(Directory, ShowsOneMemberWithPrivilegesAndGroupsAndTagsThem) {
  add("ann");
  const auto path = "/v1/accounts/acme/members/ann";
  const auto tag = [&] { return get(path, owner).header("ETag"); };
  auto before = tag();
  EXPECT_THAT(json_of(get(path, owner)).at("privileges").as_array(), IsEmpty());
  run(R"({"type":"CreateGroup","group_id":"sales","name":"Sales"})");
  run(R"({"type":"AddGroupMembers","group_id":"sales","user_ids":["ann"]})");
  EXPECT_THAT(texts(json_of(get(path, owner)).at("group_ids")), ElementsAre("sales"));
  EXPECT_NE(tag(), before);
  run(R"({"type":"DefineRole","role":{"id":"desk","name":"Desk","privileges":["User:Edit"]}})");
  run(R"({"type":"AssignRole","user_id":"ann","role_id":"desk"})");
  before = tag();
  EXPECT_THAT(texts(json_of(get(path, owner)).at("privileges")), testing::Contains("User:Edit"));
  run(R"({"type":"DefineRole","role":{"id":"desk","name":"Desk","privileges":["Group:Read"]}})");
  EXPECT_THAT(texts(json_of(get(path, owner)).at("privileges")), ElementsAre("Group:Read"));
  EXPECT_NE(tag(), before);
  EXPECT_EQ(command(R"({"type":"ChangeMember","user_id":"ann","name":"Ann"})", {{"If-Match", tag()}}).status, 200U);
  EXPECT_EQ(command(R"({"type":"ChangeMember","user_id":"ann","name":"Zoe"})", {{"If-Match", before}}).status, 412U);
}

TEST_F(Directory, PagesRolesWithTheBuiltInOnes) {
  EXPECT_THAT(pages("/v1/accounts/acme/roles", "role_id", 2),
              ElementsAre(ElementsAre("owner", "admin"), ElementsAre("member")));
  for (const auto* role : {"a", "b", "c"})
    run(R"({"type":"DefineRole","role":{"id":")" + std::string(role) + R"(","name":"R","privileges":[]}})");
  const auto path = "/v1/accounts/acme/roles";
  EXPECT_THAT(pages(path, "role_id", 30), ElementsAre(ElementsAre("owner", "admin", "member", "a", "b", "c")));
  EXPECT_THAT(pages(path, "role_id", 4),
              ElementsAre(ElementsAre("owner", "admin", "member", "a"), ElementsAre("b", "c")));
  EXPECT_THAT(pages(path, "role_id", 3),
              ElementsAre(ElementsAre("owner", "admin", "member"), ElementsAre("a", "b", "c")));
  EXPECT_THAT(pages(path, "role_id", 1).size(), 6U);
}

TEST_F(Directory, PagesAGroupsMembers) {
  run(R"({"type":"CreateGroup","group_id":"sales","name":"Sales"})");
  for (const auto* user : {"ann", "bob", "cid"})
    add(user);
  run(R"({"type":"AddGroupMembers","group_id":"sales","user_ids":["cid","ann","bob"]})");
  run(R"({"type":"RemoveMember","user_id":"bob"})");
  EXPECT_THAT(pages("/v1/accounts/acme/groups/sales/members", "user_id", 1),
              ElementsAre(ElementsAre("ann"), ElementsAre("cid")));
  EXPECT_EQ(code_of(get("/v1/accounts/acme/groups/none/members", owner)), "group_not_found");
}

TEST_F(Directory, ShowsOneRequestAsListsDo) {
  add("ann");
  run(R"({"type":"ChangeMember","user_id":"ann","name":"Ann"})");
  const std::string policy =
      R"({"type":"SetApprovalPolicy","class":"public","exempt_platform":false,"exempt_account":false,"required":)";
  run(policy + "true}");
  const auto asked = command_as(token("ann", "acme"), R"({"type":"RequestPreApproval","app_id":"notes"})");
  const std::string id(json_of(asked).at("result").at("request_id").as_string());
  const auto path = "/v1/accounts/acme/requests/" + id;
  const auto before = get(path, owner);
  EXPECT_EQ(json_of(before).at("user_name").as_string(), "Ann");
  EXPECT_FALSE(json_of(before).as_object().contains("approval_not_required"));
  run(policy + "false}");
  const auto after = get(path, owner, {{"If-None-Match", before.header("ETag")}});
  ASSERT_EQ(after.status, 200U);
  EXPECT_TRUE(json_of(after).at("approval_not_required").as_bool());
  const auto inbox = json_of(get("/v1/accounts/acme/app-requests", owner)).at("items").at(0);
  EXPECT_EQ(inbox.at("latest_request_id").as_string(), id);
  EXPECT_FALSE(inbox.as_object().contains("latest_decided_by"));
  run(R"({"type":"DeactivateMember","user_id":"ann"})");
  EXPECT_EQ(json_of(get(path, owner)).at("decision").at("decided_by").as_string(), "system");
}

}  // namespace
}  // namespace gatehouse::api
