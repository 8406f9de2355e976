// Whatever random commands are refused with is named for them: the table of the rules against decide() itself.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "domain/refusals_of.hpp"
#include "store/memory_event_log.hpp"
#include "tests/replay/story.hpp"

namespace gatehouse::testing {
namespace {

// How many commands were refused. The fewer there are of each, the more they meet.
std::size_t check_refusals(std::uint64_t seed, Story::Size size, std::size_t commands) {
  size.keyed = true;
  MemoryEventLog log;
  Story story(log, seed, size);
  story.go_on(commands);
  std::size_t count = 0;
  for (const auto& [submission, outcome] : story.sent()) {
    const auto* refused = std::get_if<Refused>(&outcome);
    if (refused == nullptr)
      continue;
    ++count;
    const auto& command = submission.commands.at(refused->command_index);
    const auto known = refusals_of(command);
    EXPECT_TRUE(std::ranges::find(known, refused->rejection.code) != known.end())
        << "seed " << seed << ": " << name_of(command) << " was refused with " << to_text(refused->rejection.code);
  }
  return count;
}

TEST(Refusals, of_random_commands_are_named_for_them) {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    EXPECT_GT(check_refusals(seed, {}, 400), 20U);
    EXPECT_GT(check_refusals(seed, {.accounts = 1, .members = 2, .groups = 1, .apps = 5}, 400), 20U);
  }
}

RC_GTEST_PROP(Refusals, of_any_random_commands_are_named_for_them, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Story::Size size{.accounts = *rc::gen::inRange<std::size_t>(1, 3),
                         .members = *rc::gen::inRange<std::size_t>(1, 6),
                         .groups = *rc::gen::inRange<std::size_t>(1, 3),
                         .apps = *rc::gen::inRange<std::size_t>(1, 6)};
  check_refusals(seed, size, 150);
  RC_ASSERT(!::testing::Test::HasFailure());
}

}  // namespace
}  // namespace gatehouse::testing
