// The seeds of the command fuzzer are worth what they reach: each command, accepted, with what it does.
#include "fuzz/command_doors.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace gatehouse::fuzz {
namespace {

const std::filesystem::path seeds = std::filesystem::path(GATEHOUSE_SOURCE_DIR) / "fuzz/corpus/command_fuzz";

std::string read_file(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

void expect_accepted(CommandDoors& doors, const std::string& stem, const std::string& command) {
  const auto body = read_file(seeds / (stem + ".json"));
  EXPECT_THAT(body, ::testing::HasSubstr(R"("type": ")" + command + "\"")) << stem;
  const auto tried = doors.take(body);
  EXPECT_TRUE(tried.readable) << stem;
  EXPECT_THAT(tried.accepted_from, ::testing::Not(::testing::IsEmpty())) << stem;
  EXPECT_GT(tried.events, 0U) << stem;
}

TEST(CommandDoors, EachCommandHasASeedThatIsAcceptedAndMakesEvents) {
  CommandDoors doors;
#define GATEHOUSE_EXPECT_SEED(name) expect_accepted(doors, #name, #name);
  GATEHOUSE_CONTRACT_COMMANDS(GATEHOUSE_EXPECT_SEED)
#undef GATEHOUSE_EXPECT_SEED
}

// Some name ids that the company's history makes, which a change of that history moves.
TEST(CommandDoors, EachFurtherSeedOfACommandIsAcceptedAndMakesEvents) {
  CommandDoors doors;
  std::size_t further = 0;
  for (const auto& seed : std::filesystem::directory_iterator(seeds)) {
    const auto stem = seed.path().stem().string();
    const auto dash = stem.find('-');
    if (dash == std::string::npos || stem.starts_with("batch-") || stem == "several-errors" ||
        stem == "Uninstall-unconfirmed")
      continue;
    expect_accepted(doors, stem, stem.substr(0, dash));
    ++further;
  }
  EXPECT_GE(further, 7U);
}

TEST(CommandDoors, WithstandEverySeed) {
  CommandDoors doors;
  for (const auto& seed : std::filesystem::directory_iterator(seeds))
    (void)doors.take(read_file(seed.path()));
}

TEST(CommandDoors, AreTheSameAfterAnyBody) {
  CommandDoors doors;
  const auto body = read_file(seeds / "AddMember.json");
  const auto first = doors.take(body);
  (void)doors.take(read_file(seeds / "RemoveMember.json"));
  const auto again = doors.take(body);
  EXPECT_EQ(again.accepted_from, first.accepted_from);
  EXPECT_EQ(again.events, first.events);
}

TEST(CommandDoors, TakeNoBodyThatIsNoCommand) {
  CommandDoors doors;
  for (const auto* body : {"", "{}", "[]", R"({"type":"Fly"})", R"({"type":"AddMember","type":"AddMember"})"}) {
    EXPECT_FALSE(doors.take(body).readable) << body;
  }
}

}  // namespace
}  // namespace gatehouse::fuzz
