#include "projections/row_shape.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "projections/projection_set.hpp"
#include "projections/state_projection.hpp"
#include "table/key.hpp"
#include "tests/projections/folded_story.hpp"

namespace gatehouse {
namespace {

TEST(RowShape, says_what_a_key_is_about) {
  const StateProjection state;
  EXPECT_EQ(describe_key(state.shapes(), Key('M').text("acme").text("alice").take()), "member acme/alice");
  EXPECT_EQ(describe_key(state.shapes(), Key('B').text("acme").text("app").number(1).number(300).take()),
            "bulk decision acme/app/1/300");
}

TEST(RowShape, shows_keys_it_does_not_know_as_they_are) {
  const StateProjection state;
  EXPECT_EQ(describe_key(state.shapes(), std::string_view("?x\0y", 4)), "?x\\x00y");
  EXPECT_EQ(describe_key(state.shapes(), "Macme"), "Macme");
  EXPECT_EQ(describe_key(state.shapes(), Key('M').text("acme").text("alice").text("more").take()),
            "Macme\\x00alice\\x00more\\x00");
}

TEST(RowShape, every_row_of_every_projection_has_one) {
  auto projections = all_projections();
  projections.push_back(std::make_shared<StateProjection>());
  for (const auto& projection : projections) {
    const testing::FoldedStory story(*projection, 7);
    EXPECT_FALSE(story.rows.rows().empty());
    for (const auto& [key, value] : story.rows.rows()) {
      const auto text = describe_key(projection->shapes(), key);
      const auto shape = std::ranges::find(projection->shapes(), key.front(), &RowShape::tag);
      ASSERT_NE(shape, projection->shapes().end()) << projection->name() << " has rows without a shape: " << text;
      EXPECT_TRUE(text.starts_with(std::string(shape->name) + " "))
          << projection->name() << " has a row that does not fit: " << text;
      EXPECT_NE(describe_value(projection->shapes(), key, value), "not a row of its kind\n") << text;
    }
  }
}

}  // namespace
}  // namespace gatehouse
