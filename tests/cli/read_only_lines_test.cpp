#include "cli/read_only_lines.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <gmock/gmock.h>

#include <sstream>

namespace gatehouse::cli {
namespace {

TEST(ReadOnlyLines, are_written_when_it_begins_and_when_it_ends_once_each) {
  std::ostringstream text;
  const api::StructuredLog lines(
      std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text)),
      api::StructuredLog::Format::json);
  ReadOnlyLines read_only(lines);
  const auto look = [&](const std::string& reason) {
    text.str("");
    read_only.look(reason);
    return text.str();
  };
  EXPECT_EQ(look(""), "");
  EXPECT_THAT(look("disk_full"),
              testing::AllOf(testing::HasSubstr(R"("level":"error")"), testing::HasSubstr(R"("reason":"disk_full")")));
  EXPECT_EQ(look("disk_full"), "");
  EXPECT_THAT(look(""),
              testing::AllOf(testing::HasSubstr(R"("level":"info")"), testing::HasSubstr(R"("was":"disk_full")")));
  EXPECT_EQ(look(""), "");
  EXPECT_THAT(look("failed: IO error"), testing::HasSubstr(R"("reason":"failed: IO error")"));
}

}  // namespace
}  // namespace gatehouse::cli
