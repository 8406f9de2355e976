#include "fuzz/body_mutation.hpp"

#include <gtest/gtest.h>

#include "api/command_json.hpp"

namespace gatehouse::fuzz {
namespace {

constexpr std::string_view body = R"({"type":"AddGroupMembers","group_id":"sales","user_ids":["ann","bob"]})";
constexpr std::size_t bytes_max = 4'096;

tl::expected<api::CommandBatch, api::UnreadableCommand> read(std::string_view text) {
  return api::read_commands(text, [](const boost::json::value&) { return api::ReadManifest{}; });
}

TEST(BodyMutation, LeavesBodiesThatAreOftenReadAndMostlyNew) {
  int readable = 0;
  int changed = 0;
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    const auto mutated = change_body(body, bytes_max, seed);
    ASSERT_TRUE(mutated);
    readable += read(*mutated).has_value() ? 1 : 0;
    changed += *mutated != body ? 1 : 0;
    EXPECT_EQ(change_body(body, bytes_max, seed), mutated);
  }
  EXPECT_GT(readable, 200);
  EXPECT_LT(readable, 400);
  EXPECT_GT(changed, 300);
}

TEST(BodyMutation, JoinsCommandsAndBatchesIntoOneBatch) {
  const auto two = join_bodies(body, R"({"type":"RemoveGroup","group_id":"sales"})", bytes_max);
  ASSERT_TRUE(two);
  const auto three = join_bodies(*two, body, bytes_max);
  ASSERT_TRUE(three);
  const auto batch = read(*three);
  ASSERT_TRUE(batch);
  EXPECT_TRUE(batch->is_batch);
  ASSERT_EQ(batch->commands.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<RemoveGroup>(batch->commands[1]));
}

TEST(BodyMutation, HasNothingForWhatIsNoObjectOrWouldBeTooLong) {
  EXPECT_FALSE(change_body("[1]", bytes_max, 1));
  EXPECT_FALSE(change_body("{", bytes_max, 1));
  EXPECT_FALSE(change_body(body, 8, 1));
  EXPECT_FALSE(join_bodies(body, "not JSON", bytes_max));
  EXPECT_FALSE(join_bodies(body, body, body.size()));
}

TEST(BodyMutation, LeavesAnEmptyObjectAsItIs) {
  for (std::uint32_t seed = 0; seed < 20; ++seed) EXPECT_EQ(change_body("{}", bytes_max, seed), "{}");
}

}  // namespace
}  // namespace gatehouse::fuzz
