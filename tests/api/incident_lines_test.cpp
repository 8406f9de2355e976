#include "api/operations/incident_lines.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <gmock/gmock.h>

#include <sstream>

namespace gatehouse::api {
namespace {

using testing::HasSubstr;
using testing::Not;

class IncidentLines : public testing::Test {
 protected:
  std::string line_of(const Incident& incident) {
    text_.str("");
    incident_lines(lines_)(incident);
    return text_.str();
  }
  static ParkedStream parked() {
    RecordedEvent event;
    event.envelope.position = {7};
    event.envelope.account_id = AccountId{"acme"};
    return parked_at(event, {{7}, "MemberAdded", "the row of Olga cannot be read"}, {1});
  }

  std::ostringstream text_;
  StructuredLog lines_{
      std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text_)),
      StructuredLog::Format::json};
};

TEST_F(IncidentLines, say_what_is_held_back_and_not_what_stands_in_its_rows) {
  const auto line = line_of(StreamParked{"inbox", parked()});
  EXPECT_THAT(line, HasSubstr(R"("level":"error")"));
  EXPECT_THAT(line,
              HasSubstr(R"("projection":"inbox","stream":"acme","position":7,"event_type":"MemberAdded","attempt":1)"));
  EXPECT_THAT(line, Not(HasSubstr("Olga")));
  EXPECT_THAT(line_of(StreamGoesOn{"inbox", AccountId{"acme"}}), HasSubstr(R"("level":"info")"));
}

TEST_F(IncidentLines, say_why_a_read_model_stopped_where_it_was_no_events_fault) {
  EXPECT_THAT(line_of(ProjectionStopped{"audit", {{}, {}, "p.audit.1.1 cannot be read: a bad block"}}),
              HasSubstr(R"("reason":"p.audit.1.1 cannot be read: a bad block")"));
  const auto line = line_of(ProjectionStopped{"audit", {{7}, "MemberAdded", "the row of Olga cannot be read"}});
  EXPECT_THAT(line, HasSubstr(R"("position":7,"event_type":"MemberAdded")"));
  EXPECT_THAT(line, Not(HasSubstr("Olga")));
}

TEST_F(IncidentLines, say_what_came_of_a_rebuild_and_louder_when_rows_were_wrong) {
  RebuildResult result{
      .outcome = RebuildOutcome::switched, .ended_at = {}, .progress = {}, .reason = {}, .comparison = RowComparison{}};
  result.comparison->rows = 12;
  result.progress.done = 34;
  const auto same = line_of(RebuildEnded{"audit", result});
  EXPECT_THAT(same, HasSubstr(R"("level":"info")"));
  EXPECT_THAT(same,
              HasSubstr(R"("projection":"audit","outcome":"switched","events":34,"rows":12,"rows_that_differ":0)"));
  result.comparison->differences = 2;
  EXPECT_THAT(line_of(RebuildEnded{"audit", result}), HasSubstr(R"("level":"warning")"));
  result.comparison.reset();
  EXPECT_THAT(line_of(RebuildEnded{"audit", result}), Not(HasSubstr("rows"))) << "there were none before";
  result.not_compared = "p.audit.1.1 cannot be read: a bad block";
  EXPECT_THAT(line_of(RebuildEnded{"audit", result}), HasSubstr(R"("not_compared":"p.audit)"));
  result.outcome = RebuildOutcome::failed;
  EXPECT_THAT(line_of(RebuildEnded{"audit", result}), HasSubstr(R"("level":"error")"));
}

}  // namespace
}  // namespace gatehouse::api
