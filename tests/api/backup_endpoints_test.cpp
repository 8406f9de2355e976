// Without a directory for backups; with one they are tried against a real server (tests/system/backup_test.cpp).
#include "backup/manifest.hpp"
#include "tests/api/api_fixture.hpp"
#include "tlog/hash.hpp"

namespace gatehouse::api {
namespace {

using Backups = ApiFixture;

TEST_F(Backups, that_are_not_configured_are_neither_listed_nor_begun) {
  const auto ops = token("watcher", "", "ops");
  const auto list = json_of(get("/v1/ops/backups", ops));
  EXPECT_EQ(list.at("configured"), false);
  EXPECT_TRUE(list.at("items").as_array().empty());
  EXPECT_EQ(list.at("head").to_number<std::uint64_t>(), log.head().value);
  EXPECT_EQ(list.at("first").as_string(), tlog::to_base64(first_link(log)));
  EXPECT_EQ(code_of(call("POST", "/v1/ops/backups", ops, "{}")), "backups_not_configured");
}

TEST_F(Backups, are_for_operators_alone_and_say_nothing_of_places) {
  open_account();
  EXPECT_EQ(call("POST", "/v1/ops/backups", owner, "{}").status, 403U);
  EXPECT_EQ(get("/v1/ops/backups", owner).status, 403U);
  EXPECT_EQ(get("/v1/ops/backups", "").status, 401U);
  const auto ops = token("watcher", "", "ops");
  EXPECT_EQ(code_of(call("POST", "/v1/ops/backups", ops, R"({"directory":"/tmp"})")), "unknown_field");
  EXPECT_EQ(code_of(call("POST", "/v1/ops/backups?directory=/tmp", ops, "{}")), "unknown_parameter");
}

}  // namespace
}  // namespace gatehouse::api
