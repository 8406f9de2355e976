#include "cli/witness_lines.hpp"

#include <gmock/gmock.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sstream>

namespace gatehouse::cli {
namespace {

using testing::ElementsAre;
using testing::EndsWith;

witness::Answer answer(unsigned status, std::string body, std::string origin = "log.example") {
  return {
      .status = status, .content_type = "text/plain", .body = std::move(body), .origin = std::move(origin), .size = 7};
}

struct WitnessLinesTest : testing::Test {
  WitnessLinesTest()
      : logger(std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text))) {
    logger->set_pattern("%v");
  }
  std::vector<std::string> written() {
    std::vector<std::string> found;
    for (std::string line; std::getline(text, line);)
      found.push_back(line);
    text.clear();
    return found;
  }

  std::stringstream text;
  std::shared_ptr<spdlog::logger> logger;
  api::StructuredLog log{logger, api::StructuredLog::Format::text};
  WitnessLines lines{log};
  WitnessLines::Time now{};
};

TEST_F(WitnessLinesTest, tell_what_was_cosigned_and_what_not) {
  lines.note(answer(200, "- w.example AAAA\n"), now);
  lines.note(answer(409, "5\n"), now);
  lines.note(answer(404, "The log is not known here.\n", std::string(1'000, 'x')), now);
  EXPECT_THAT(written(), ElementsAre(EndsWith(" info cosigned log=log.example events=7"),
                                     EndsWith(" info not cosigned log=log.example events=7 status=409 "
                                              "reason=\"its last checkpoint here has 5 events\""),
                                     EndsWith(" warning not cosigned log=" + std::string(100, 'x') +
                                              " events=7 status=404 reason=\"The log is not known here.\"")));
}

TEST_F(WitnessLinesTest, call_a_fork_an_error_whatever_was_told_just_before) {
  lines.note(answer(409, "7\n"), now);
  auto fork = answer(409, "7\n");
  fork.differs = true;
  lines.note(fork, now);
  EXPECT_THAT(written().back(), EndsWith(" error not cosigned log=log.example events=7 status=409 reason=\"the log "
                                         "was cosigned with another history\""));
}

TEST_F(WitnessLinesTest, leave_out_what_comes_faster_than_one_a_second_and_count_it) {
  for (int time = 0; time < 50; ++time)
    lines.note(answer(404, "The log is not known here.\n", "log" + std::to_string(time)), now);
  lines.note(answer(200, ""), now);
  EXPECT_EQ(written().size(), 2U) << "logs that are not known count as one";
  now += WitnessLines::pause;
  lines.note(answer(404, "The log is not known here.\n"), now);
  EXPECT_THAT(written(), ElementsAre(EndsWith(" left_out=49")));
}

TEST_F(WitnessLinesTest, tell_once_what_is_cosigned_again_and_again) {
  for (int second = 0; second < 10; ++second, now += 2 * WitnessLines::pause)
    lines.note(answer(200, "- w.example AAAA\n"), now);
  auto grown = answer(200, "- w.example AAAA\n");
  grown.size = 8;
  lines.note(grown, now);
  EXPECT_THAT(written(), ElementsAre(EndsWith("events=7"), EndsWith("events=8")));
}

}  // namespace
}  // namespace gatehouse::cli
