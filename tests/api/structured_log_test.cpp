#include "api/structured_log.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace gatehouse::api {
namespace {

using Format = StructuredLog::Format;
using Level = StructuredLog::Level;

TEST(StructuredLog, writes_one_json_object_a_line) {
  const auto line = log_line(Format::json, 1'000, Level::info, "request",
                             {{"path", "/a\"b\n"}, {"status", std::uint64_t{200}}, {"code", ""}});
  EXPECT_EQ(line,
            R"({"time":"1970-01-01T00:00:01.000Z","level":"info","event":"request","path":"/a\"b\n","status":200})");
  EXPECT_TRUE(boost::json::parse(line).is_object());
}

TEST(StructuredLog, writes_a_line_of_text_that_no_value_can_forge) {
  EXPECT_EQ(
      log_line(Format::text, 1'000, Level::error, "request", {{"path", "/a x=1\n2"}, {"status", std::uint64_t{500}}}),
      "1970-01-01T00:00:01.000Z error request path=\"/a x=1\\n2\" status=500");
}

TEST(StructuredLog, has_levels_with_names) {
  for (const auto level : {Level::debug, Level::info, Level::warning, Level::error})
    EXPECT_EQ(level_named(to_text(level)), level);
  EXPECT_FALSE(level_named("verbose"));
  EXPECT_FALSE(level_named(""));
}

}  // namespace
}  // namespace gatehouse::api
