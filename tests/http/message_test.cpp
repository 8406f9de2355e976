#include "http/message.hpp"

#include <gtest/gtest.h>

namespace gatehouse::http {
namespace {

Request request_for(std::string target) {
  Request request;
  request.target = std::move(target);
  return request;
}

TEST(Request, splits_its_target_at_the_first_question_mark) {
  EXPECT_EQ(request_for("/a/b").path(), "/a/b");
  EXPECT_EQ(request_for("/a/b").query(), "");
  EXPECT_EQ(request_for("/a?x=1?y").path(), "/a");
  EXPECT_EQ(request_for("/a?x=1?y").query(), "x=1?y");
  EXPECT_EQ(request_for("/?").query(), "");
}

TEST(Body, is_text_of_its_own_or_shared) {
  EXPECT_EQ(body_text(Body{std::string{"own"}}), "own");
  EXPECT_EQ(body_text(Body{std::make_shared<const std::string>("shared")}), "shared");
  EXPECT_EQ(body_text(Body{std::shared_ptr<const std::string>{}}), "");
}

}  // namespace
}  // namespace gatehouse::http
