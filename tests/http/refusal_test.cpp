#include "http/refusal.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/response_writer.hpp"

namespace gatehouse::http {
namespace {

TEST(Refusal, every_kind_has_facts_of_its_own) {
  std::set<std::string_view> codes;
  for (const RefusalFacts& facts : refusal_facts) {
    const Refusal refusal{facts.kind, "Why."};
    EXPECT_EQ(refusal.code(), facts.code);
    EXPECT_TRUE(refusal.status() >= 400 && refusal.status() <= 599) << facts.code;
    EXPECT_TRUE(codes.insert(facts.code).second) << facts.code << " is there twice";
    EXPECT_FALSE(refusal.title().empty());
  }
}

TEST(Refusal, is_answered_as_a_problem_that_closes_the_connection) {
  const auto response = problem_response({RefusalKind::body_too_large, "Too long."});
  EXPECT_EQ(response.status, 413U);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_TRUE(response.close);
  EXPECT_EQ(body_text(response.body),
            R"({"type":"/docs/problems/body_too_large","title":"The request body is too large","status":413,)"
            R"("detail":"Too long.","code":"body_too_large"})");
}

TEST(Refusal, carries_the_headers_that_its_status_obliges_to) {
  const auto headers_of = [](RefusalKind kind) {
    std::vector<std::string> names;
    for (const auto& header : problem_response({kind, "Why."}).headers)
      names.push_back(header.name);
    return names;
  };
  EXPECT_THAT(headers_of(RefusalKind::method_not_allowed), testing::ElementsAre("Allow"));
  EXPECT_THAT(headers_of(RefusalKind::content_encoding_unsupported), testing::ElementsAre("Accept-Encoding"));
  EXPECT_THAT(headers_of(RefusalKind::too_many_connections), testing::ElementsAre("Retry-After"));
  EXPECT_THAT(headers_of(RefusalKind::too_many_large_bodies), testing::ElementsAre("Retry-After"));
  EXPECT_THAT(headers_of(RefusalKind::malformed_request), testing::IsEmpty());
}

TEST(Refusal, needs_no_escaping_and_can_always_be_sent) {
  for (const RefusalFacts& facts : refusal_facts) {
    EXPECT_EQ(facts.title.find_first_of("\"\\"), std::string_view::npos) << facts.title;
    EXPECT_TRUE(is_sendable(problem_response({facts.kind, "Why."})));
  }
}

}  // namespace
}  // namespace gatehouse::http
