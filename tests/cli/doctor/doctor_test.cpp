#include "cli/doctor/doctor.hpp"

#include <algorithm>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

const Finding* find(const Findings& findings, const std::string& check) {
  const auto found = std::ranges::find(findings, check, &Finding::check);
  return found == findings.end() ? nullptr : &*found;
}

TEST(Doctor, goes_on_with_the_defaults_where_the_configuration_is_wrong) {
  const gatehouse::testing::TemporaryFolder folder;
  const auto config = (folder.path() / "gatehouse.toml").string();
  std::ofstream(config) << "thread = 2\n";
  const auto findings = examine({.config = config, .data = (folder.path() / "data").string()});
  const auto* configuration = find(findings, "configuration");
  ASSERT_NE(configuration, nullptr);
  EXPECT_EQ(configuration->verdict, Verdict::wrong);
  EXPECT_EQ(configuration->seen, "configuration: thread: there is no such setting");
  ASSERT_NE(find(findings, "port"), nullptr);
  EXPECT_THAT(find(findings, "port")->seen, ::testing::StartsWith("127.0.0.1, port 8080"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "data"));
}

TEST(Doctor, calls_an_address_that_is_none_a_wrong_configuration) {
  const auto findings = examine({.data = "/nowhere", .listen = "localhost:8080"});
  ASSERT_NE(find(findings, "configuration"), nullptr);
  EXPECT_EQ(find(findings, "configuration")->verdict, Verdict::wrong);
}

TEST(Doctor, makes_a_finding_of_a_check_that_cannot_be_made) {
  const auto findings = examine({.data = "/proc/self/status", .listen = "127.0.0.1:0"});
  EXPECT_TRUE(
      std::ranges::any_of(findings, [](const Finding& one) { return one.seen.starts_with("cannot be looked at"); }));
  EXPECT_NE(find(findings, "port"), nullptr) << "the others are made";
}

}  // namespace
}  // namespace gatehouse::cli
