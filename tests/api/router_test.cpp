#include "api/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<Route>& table() {
  static const std::vector<Route> routes{
      {.path = "/a/{id}", .name = "showAny"},
      {.path = "/a/fixed", .name = "showFixed"},
      {.path = "/a/{id}/b/{other}", .name = "showNested"},
      {.method = "POST", .path = "/a/{id}", .name = "change"},
  };
  return routes;
}

Router::Match find(std::string_view method, std::string_view target) {
  static const Router router(table());
  return router.find(method, parse_target(target));
}

std::string_view name(std::string_view method, std::string_view target) {
  const auto match = find(method, target);
  return match.route == nullptr ? "" : match.route->name;
}

TEST(Router, finds_routes_by_method_and_path) {
  EXPECT_EQ(name("GET", "/a/x"), "showAny");
  EXPECT_EQ(name("HEAD", "/a/x?y=1"), "showAny");
  EXPECT_EQ(name("POST", "/a/x"), "change");
  EXPECT_EQ(name("GET", "/a/x/b/y"), "showNested");
}

TEST(Router, prefers_fixed_segments) { EXPECT_EQ(name("GET", "/a/fixed"), "showFixed"); }

TEST(Router, takes_paths_as_they_are) {
  for (const auto* target : {"/", "/a", "/a/", "/a/x/", "/A/x", "/a//b/y", "/a/x/b", "/a/x/b/y/z", "//a/x"}) {
    EXPECT_EQ(name("GET", target), "") << target;
  }
}

TEST(Router, decodes_the_values_of_parameters_after_the_path_is_split) {
  const auto match = find("GET", "/a/x%2Fy/b/%C3%A9+");
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.path.at("id"), "x/y");
  EXPECT_EQ(match.path.at("other"), "é+");
}

TEST(Router, tells_which_methods_a_path_takes) {
  EXPECT_THAT(find("PUT", "/a/x").allow, ElementsAre("GET", "HEAD", "POST"));
  EXPECT_THAT(find("POST", "/a/x/b/y").allow, ElementsAre("GET", "HEAD"));
  EXPECT_THAT(find("PUT", "/nowhere").allow, IsEmpty());
}

TEST(Target, has_the_same_segments_whether_or_not_a_query_follows) {
  for (const std::string path :
       {"/", "/a", "/a/", "/a/b", "/a/b/", "//", "//a", "/a//b", "/a//", "/.", "/a/../b", "/~a@b:c/d_e-f.g"}) {
    const auto plain = parse_target(path);
    const auto parsed = parse_target(path + "?q=1");
    EXPECT_TRUE(plain.well_formed);
    EXPECT_EQ(plain.segments, parsed.segments) << path;
    EXPECT_TRUE(plain.parameters.empty());
  }
}

TEST(Router, takes_what_follows_as_one_value) {
  const std::vector<Route> routes{{.path = "/tile/{path...}", .name = "tile"},
                                  {.path = "/tile/fixed", .name = "fixed"}};
  const Router router(routes);
  for (const auto* rest : {"a", "a/b", "a/b/c/d/e/f/g/h"})
    EXPECT_EQ(router.find("GET", parse_target(std::string("/tile/") + rest)).path.at("path"), rest);
  EXPECT_EQ(router.find("GET", parse_target("/tile/fixed")).route->name, "fixed");
  EXPECT_EQ(router.find("GET", parse_target("/tile")).route, nullptr);
}

TEST(Target, has_parameters_in_order_with_plus_as_space) {
  const auto target = parse_target("/a?q=a+b%2B&q=&flag&x=%26%3D");
  const Parameters::Pairs wanted{{"q", "a b+"}, {"q", ""}, {"flag", ""}, {"x", "&="}};
  EXPECT_EQ(target.parameters, wanted);
  EXPECT_FALSE(parse_target("/a?%zz").well_formed);
}

}  // namespace
}  // namespace gatehouse::api
