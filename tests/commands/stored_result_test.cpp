#include "commands/stored_result.hpp"

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

TEST(StoredResult, EveryKindOfValueComesBack) {
  const std::vector<CommandResult> results{
      {{"app_id", std::string("chat")}, {"warnings", std::vector<std::string>{"a", "b"}}},
      {},
      {{"added", std::uint64_t{12}}, {"final", true}, {"empty", std::vector<std::string>{}}},
  };
  EXPECT_EQ(load_results(store_results(results)), results);
  EXPECT_EQ(load_results(store_results({})), std::vector<CommandResult>{});
}

TEST(StoredResult, OtherBytesAreNone) {
  const auto bytes = store_results({{{"app_id", std::string("chat")}}});
  EXPECT_FALSE(load_results(bytes.substr(0, bytes.size() - 1)));
  EXPECT_FALSE(load_results(bytes + "x"));
  EXPECT_FALSE(load_results(""));
}

}  // namespace
}  // namespace gatehouse
