#include "cli/witness_lines.hpp"

#include <utility>

namespace gatehouse::cli {

namespace {

using Level = api::StructuredLog::Level;

constexpr std::size_t origin_bytes_max = 100;  // of a log that is not known: anybody's words

// Only what a signature of a known log's key stands behind tells of logs one by one.
std::string log_of_kind(const witness::Answer& answer) {
  return answer.status == 200 || answer.status == 409 || answer.status == 422 ? answer.origin : std::string();
}

// A log that does not know how far its witness is begins with a 409.
Level level_of(const witness::Answer& answer) {
  if (answer.differs || answer.status == 500)
    return Level::error;
  return answer.status == 200 || answer.status == 409 ? Level::info : Level::warning;
}

std::string reason_of(const witness::Answer& answer) {
  if (answer.differs)
    return "the log was cosigned with another history";
  const auto line = answer.body.substr(0, answer.body.find('\n'));
  return answer.status == 409 ? "its last checkpoint here has " + line + " events" : line;
}

}  // namespace

void WitnessLines::note(const witness::Answer& answer, Time now) {
  std::uint64_t left_out = 0;
  {
    const std::lock_guard lock(mutex_);
    auto& kind = kinds_[{answer.status + (answer.differs ? 1'000 : 0), log_of_kind(answer)}];
    // A log that waits for other witnesses asks again and again.
    if (answer.status == 200 && std::exchange(kind.cosigned, answer.size) == answer.size)
      return;
    if (now < kind.quiet_until) {
      ++kind.left_out;
      return;
    }
    kind.quiet_until = now + pause;
    left_out = std::exchange(kind.left_out, 0);
  }
  using Value = decltype(api::StructuredLog::Field::value);
  const auto origin = std::string_view(answer.origin).substr(0, origin_bytes_max);
  const auto more = left_out > 0 ? Value(left_out) : Value(std::string_view());
  if (answer.status == 200)
    return lines_.write(Level::info, "cosigned", {{"log", origin}, {"events", answer.size}, {"left_out", more}});
  lines_.write(level_of(answer), "not cosigned",
               {{"log", origin},
                {"events", answer.size},
                {"status", std::uint64_t{answer.status}},
                {"reason", reason_of(answer)},
                {"left_out", more}});
}

}  // namespace gatehouse::cli
