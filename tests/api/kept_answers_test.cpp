#include "api/kept_answers.hpp"

#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include "tests/api/api_fixture.hpp"

namespace gatehouse::api {
namespace {

using Claims = std::shared_ptr<const identity::Claims>;

Claims someone() { return std::make_shared<const identity::Claims>(); }

QueryAnswer saying(std::string body) {
  QueryAnswer answer;
  answer.body = std::move(body);
  return answer;
}

TEST(KeptAnswers, are_given_to_the_same_token_for_the_same_question_and_versions_alone) {
  KeptAnswers kept;
  const auto ann = someone();
  const auto bob = someone();
  const KeptAnswers::Versions now{3, {7}};
  kept.keep({ann, "/a"}, now, saying("yes"));
  ASSERT_NE(kept.find({ann, "/a"}, now), nullptr);
  EXPECT_EQ(kept.find({ann, "/a"}, now)->body, "yes");
  EXPECT_EQ(kept.find({bob, "/a"}, now), nullptr);
  EXPECT_EQ(kept.find({ann, "/b"}, now), nullptr);
  EXPECT_EQ(kept.find({ann, "/a"}, {4, {7}}), nullptr);
  EXPECT_EQ(kept.find({ann, "/a"}, {3, {8}}), nullptr);
  kept.keep({ann, "/a"}, {4, {7}}, saying("no"));
  EXPECT_EQ(kept.find({ann, "/a"}, now), nullptr);
  EXPECT_EQ(kept.find({ann, "/a"}, {4, {7}})->body, "no");
}

TEST(KeptAnswers, are_short_and_few) {
  KeptAnswers kept;
  const auto ann = someone();
  const KeptAnswers::Versions now{1, {1}};
  const auto long_target = "/" + std::string(kept_target_bytes_max, 'a');
  kept.keep({ann, long_target}, now, saying("yes"));
  EXPECT_EQ(kept.find({ann, long_target}, now), nullptr);
  kept.keep({ann, "/a"}, now, saying(std::string(kept_body_bytes_max + 1, 'a')));
  EXPECT_EQ(kept.find({ann, "/a"}, now), nullptr);
  std::size_t found = 0;
  for (std::size_t number = 0; number < 2 * kept_answers_max; ++number)
    kept.keep({ann, "/" + std::to_string(number)}, now, saying("yes"));
  for (std::size_t number = 0; number < 2 * kept_answers_max; ++number)
    found += kept.find({ann, "/" + std::to_string(number)}, now) != nullptr ? 1 : 0;
  EXPECT_LE(found, kept_answers_max);
  EXPECT_NE(kept.find({ann, "/" + std::to_string(2 * kept_answers_max - 1)}, now), nullptr);
}

struct KeptInstallability : ApiFixture {
  void SetUp() override {
    open_account();
    add("mia");
    add("max");
  }
  void add(const std::string& user) {
    must(R"({"type":"AddMember","user_id":")" + user + R"(","email":")" + user + R"(@acme.example"})");
  }
  void must(std::string_view body) {
    const auto answer = command(body);
    ASSERT_EQ(answer.status, 200U) << answer.body;
  }
  // Asked twice, as the second answer may be one that was kept.
  std::string reason(const std::string& bearer, std::string_view question = "") {
    std::string reason;
    for (int time = 0; time < 2; ++time) {
      const auto answer = get("/v1/accounts/acme/apps/notes/installability" + std::string(question), bearer);
      EXPECT_EQ(answer.status, 200U) << answer.body;
      EXPECT_EQ(answer.header("Gatehouse-Position"), std::to_string(log.head().value));
      if (time == 1)
        EXPECT_EQ(std::string(json_of(answer).at("reason").as_string()), reason);
      reason = json_of(answer).at("reason").as_string();
    }
    return reason;
  }
  const std::string mia = token("mia", "acme");
};

TEST_F(KeptInstallability, follows_what_happens_in_the_account_and_in_the_catalogue) {
  const auto before = reason(mia);
  must(R"({"type":"RestrictApp","app_id":"notes"})");
  EXPECT_EQ(reason(mia), "app_restricted");
  must(R"({"type":"LiftRestriction","app_id":"notes"})");
  EXPECT_EQ(reason(mia), before);
  const auto hidden = call("POST", "/v1/platform/commands", platform, R"({"type":"UnpublishApp","app_id":"notes"})");
  ASSERT_EQ(hidden.status, 200U) << hidden.body;
  EXPECT_EQ(get("/v1/accounts/acme/apps/notes/installability", mia).status, 404U);
}

TEST_F(KeptInstallability, is_told_to_those_alone_who_may_know_it) {
  const auto question = "/v1/accounts/acme/apps/notes/installability?user_id=mia";
  EXPECT_EQ(get(question, owner).status, 200U);
  EXPECT_EQ(get(question, mia).status, 200U);
  EXPECT_EQ(code_of(get(question, token("max", "acme"))), "privilege_required");
  EXPECT_EQ(get("/v1/accounts/acme/apps/notes/installability", mia).status, 200U);
  must(R"({"type":"DeactivateMember","user_id":"mia"})");
  EXPECT_EQ(code_of(get("/v1/accounts/acme/apps/notes/installability", mia)), "not_a_member");
}

TEST_F(KeptInstallability, has_a_tag_for_each_caller_as_have_others_that_are_shown_different_things) {
  for (const auto* path : {"/v1/accounts/acme/apps/notes/installability", "/v1/accounts/acme/apps",
                           "/v1/accounts/acme/apps/notes", "/v1/accounts/acme/requests?user_id=me"}) {
    const auto of_owner = get(path, owner).header("ETag");
    EXPECT_NE(get(path, mia).header("ETag"), of_owner) << path;
    EXPECT_EQ(get(path, mia, {{"If-None-Match", of_owner}}).status, 200U) << path;
    EXPECT_EQ(get(path, owner, {{"If-None-Match", "\"v1\""}, {"If-None-Match", of_owner}}).status, 304U) << path;
  }
}

TEST_F(KeptInstallability, of_a_moment_is_not_the_kept_one) {
  const auto before = reason(mia);
  const auto then = std::to_string(log.head().value);
  must(R"({"type":"RestrictApp","app_id":"notes"})");
  EXPECT_EQ(reason(mia), "app_restricted");
  const auto past = get("/v1/accounts/acme/apps/notes/installability?as_of=" + then, mia);
  EXPECT_EQ(std::string(json_of(past).at("reason").as_string()), before);
}

}  // namespace
}  // namespace gatehouse::api
