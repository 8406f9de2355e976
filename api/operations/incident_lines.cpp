#include "api/operations/incident_lines.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace gatehouse::api {
namespace {

using Level = StructuredLog::Level;

class Line {
 public:
  explicit Line(const StructuredLog& lines) : lines_(lines) {}

  void operator()(const StreamParked& incident) const {
    const auto& parked = incident.parked;
    lines_.write(Level::error, "a read model cannot take an event and holds back its stream",
                 {{"projection", incident.projection},
                  {"stream", parked.stream.value},
                  {"position", parked.position.value},
                  {"event_type", parked.event_type},
                  {"attempt", parked.attempt_count}});
  }
  void operator()(const StreamGoesOn& incident) const {
    lines_.write(Level::info, "a read model goes on with a stream that was held back",
                 {{"projection", incident.projection}, {"stream", incident.stream.value}});
  }
  // What is no event's fault is told here alone.
  void operator()(const ProjectionStopped& incident) const {
    const auto& failure = incident.failure;
    const bool is_of_event = failure.position != Position{};
    lines_.write(Level::error, "a read model has stopped",
                 {{"projection", incident.projection},
                  {"position", failure.position.value},
                  {"event_type", failure.event_type},
                  {"reason", is_of_event ? std::string_view() : std::string_view(failure.reason)}});
  }
  void operator()(const RebuildEnded& incident) const {
    const auto& result = incident.result;
    const auto differences = result.comparison ? result.comparison->differences : 0;
    const auto level = result.outcome == RebuildOutcome::failed          ? Level::error
                       : differences > 0 || !result.not_compared.empty() ? Level::warning
                                                                         : Level::info;
    // Nothing where there were no rows to compare with.
    const auto compared = [&](std::uint64_t RowComparison::*figure) {
      using Value = decltype(StructuredLog::Field::value);
      return result.comparison ? Value((*result.comparison).*figure) : Value();
    };
    lines_.write(level, "a rebuild of a read model has ended",
                 {{"projection", incident.projection},
                  {"outcome", boost::describe::enum_to_string(result.outcome, "")},
                  {"events", result.progress.done},
                  {"rows", compared(&RowComparison::rows)},
                  {"rows_that_differ", compared(&RowComparison::differences)},
                  {"not_compared", result.not_compared},
                  {"reason", result.reason}});
  }

 private:
  const StructuredLog& lines_;
};

}  // namespace

IncidentSink incident_lines(const StructuredLog& lines) {
  return [&lines](const Incident& incident) { std::visit(Line(lines), incident); };
}

}  // namespace gatehouse::api
