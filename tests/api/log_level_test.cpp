#include "api/log_level.hpp"

#include <gmock/gmock.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <sstream>

namespace gatehouse::api {
namespace {

using Level = StructuredLog::Level;
using std::chrono::milliseconds;
using testing::HasSubstr;

struct LogLevels : testing::Test {
  [[nodiscard]] bool writes(Level which) const { return log.writes(which); }
  // Nothing else is written meanwhile.
  [[nodiscard]] std::string last_line() const {
    auto all = text.str();
    all.pop_back();
    return all.substr(all.rfind('\n') + 1);
  }

  std::ostringstream text;
  StructuredLog log{std::make_shared<spdlog::logger>("levels", std::make_shared<spdlog::sinks::ostream_sink_mt>(text)),
                    StructuredLog::Format::text};
  LogLevel level{log, Level::warning};
};

TEST_F(LogLevels, begin_as_configured) {
  EXPECT_FALSE(writes(Level::info));
  EXPECT_TRUE(writes(Level::warning));
  EXPECT_EQ(level.state().level, Level::warning);
  EXPECT_FALSE(level.state().until);
  EXPECT_EQ(text.str(), "");
}

TEST_F(LogLevels, change_with_a_line_that_names_who_asked_whatever_the_level) {
  level.set(Level::error, std::nullopt, "oscar");
  EXPECT_FALSE(writes(Level::warning));
  EXPECT_THAT(last_line(), HasSubstr(R"(info log level changed from=warning to=error by=oscar)"));
  level.set(Level::debug, milliseconds(600'000), "olga");
  EXPECT_TRUE(writes(Level::debug));
  EXPECT_THAT(last_line(), HasSubstr(R"(from=error to=debug for_seconds=600 by=olga)"));
}

TEST_F(LogLevels, return_by_themselves_after_their_while) {
  const auto state = level.set(Level::debug, milliseconds(1), "oscar");
  EXPECT_EQ(state.level, Level::debug);
  EXPECT_EQ(state.later, Level::warning);
  ASSERT_TRUE(state.until);
  while (level.state().until)
    std::this_thread::yield();
  EXPECT_EQ(level.state().level, Level::warning);
  EXPECT_FALSE(writes(Level::info));
  EXPECT_THAT(last_line(), HasSubstr(R"(from=debug to=warning by="the end of its while")"));
}

TEST_F(LogLevels, return_to_what_was_for_good_when_one_while_follows_another) {
  level.set(Level::debug, milliseconds(600'000), "oscar");
  EXPECT_EQ(level.set(Level::info, milliseconds(600'000), "oscar").later, Level::warning);
  const auto for_good = level.set(Level::error, std::nullopt, "oscar");
  EXPECT_FALSE(for_good.until);
  EXPECT_EQ(for_good.later, Level::error);
  EXPECT_EQ(for_good.configured, Level::warning);
}

TEST_F(LogLevels, go_to_debug_and_back_to_what_is_configured) {
  level.toggle("a signal");
  EXPECT_EQ(level.state().level, Level::debug);
  level.toggle("a signal");
  EXPECT_EQ(level.state().level, Level::warning);
  level.set(Level::error, std::nullopt, "oscar");
  level.toggle("a signal");
  level.toggle("a signal");
  EXPECT_EQ(level.state().level, Level::warning);
}

}  // namespace
}  // namespace gatehouse::api
