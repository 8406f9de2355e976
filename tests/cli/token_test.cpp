// `gatehouse token`: what it prints, and what it says beside that.
#include "cli/token.hpp"

#include <gmock/gmock.h>

#include "tests/store/temporary_folder.hpp"

namespace gatehouse::cli {
namespace {

using ::testing::HasSubstr;

TEST(Token, SaysThatNoRouteAsksForAScope) {
  const gatehouse::testing::TemporaryFolder folder;
  const auto said = [&](const std::string& scope) {
    ::testing::internal::CaptureStderr();
    ::testing::internal::CaptureStdout();
    EXPECT_EQ(run_token({.data = folder.path(), .user = "ann", .account = "acme", .scope = scope, .ttl = "1h"}), 0);
    EXPECT_FALSE(::testing::internal::GetCapturedStdout().empty());
    return ::testing::internal::GetCapturedStderr();
  };
  EXPECT_EQ(said("platform directory auditor ops"), "");
  EXPECT_EQ(said(""), "");
  EXPECT_EQ(said("marketplace_app:read:admin"), "") << "a route of the vendor's API asks for it";
  EXPECT_THAT(said("ops dircetory"), HasSubstr("no route asks for the scope \"dircetory\""));
}

}  // namespace
}  // namespace gatehouse::cli
