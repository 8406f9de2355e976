#include <filesystem>

#include "cli/doctor/checks.hpp"
#include "cli/outbound_hold.hpp"
#include "cli/subject_keys_place.hpp"
#include "cli/unfinished_import.hpp"
#include "domain/rows.hpp"
#include "events/frame.hpp"
#include "store/rocks_event_log.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::int64_t clock_behind_ms_max = 1'000;  // what steps of a clock that is kept right may come to

std::string advice_for(const OpenError& error) {
  switch (error.kind) {
  case OpenErrorKind::unsupported_format:
    return "run the newer version of the program";
  case OpenErrorKind::io:
    return "look at the disk and at who may read the data, and try again";
  case OpenErrorKind::locked:
    return "ask the server that has it, or stop it";
  default:
    return "keep a copy of the whole folder, and bring back a backup: a server refuses this data";
  }
}

Finding check_state(const RocksEventLog& log) {
  if (log.head().value > 0 && log.state_version() != state_rows_version)
    return {"state", Verdict::warning,
            "its rows are of version " + std::to_string(log.state_version()) + ", and this program has " +
                std::to_string(state_rows_version),
            "expect the next start to make them anew, which takes as long as the log is long"};
  return {"state", Verdict::ok, "its rows are of this program's version"};
}

Findings check_opened(const std::string& data, const RocksEventLog& log, Timestamp now) {
  const auto head = log.head();
  Findings findings{{"log", Verdict::ok,
                     head.value == 0
                         ? "no events yet"
                         : "opens, ends at position " + std::to_string(head.value) + " as its witness says"}};
  findings.push_back(check_state(log));
  const auto trouble = trouble_with_keys(data, log);
  findings.push_back(trouble.empty()
                         ? Finding{"persons' keys", Verdict::ok, "the store fits the log"}
                         : Finding{"persons' keys", Verdict::wrong, trouble, "bring back " + subject_keys_of(data)});
  if (const auto newest = head.value == 0 ? std::nullopt : log.read_at(head)) {
    if (const auto event = parse_frame(newest->frame))
      findings.push_back(judge_newest(event->envelope.recorded_at, now));
  }
  return findings;
}

}  // namespace

Finding judge_newest(Timestamp newest, Timestamp now) {
  const auto behind_ms = newest.unix_ms - now.unix_ms;
  if (behind_ms > clock_behind_ms_max)
    return {"newest event", Verdict::wrong, "the clock is " + std::to_string(behind_ms / 1'000) + " s behind it",
            "set the clock right before the server starts: new events would all bear the newest one's time"};
  return {"newest event", Verdict::ok, "recorded " + std::to_string(-behind_ms / 1'000) + " s ago by this clock"};
}

Findings check_history(const std::string& data, Timestamp now) {
  try {
    refuse_unfinished_import(data);
  } catch (const std::runtime_error& error) {
    return {{"log", Verdict::wrong, error.what(), "empty the folder and import again"}};
  }
  Findings findings;
  if (is_outbound_held(data))
    findings.push_back({"outbound", Verdict::warning, "the data was imported: no mails and webhooks are sent",
                        "remove " + outbound_hold_of(data).string() + " if this instance shall send what is due"});
  OpenOptions options;
  options.data_dir = data;
  options.read_only = true;
  const auto log = RocksEventLog::open(options);
  if (!log) {
    findings.push_back({"log", Verdict::wrong, to_text(log.error()), advice_for(log.error())});
    return findings;
  }
  for (auto& finding : check_opened(data, **log, now))
    findings.push_back(std::move(finding));
  return findings;
}

}  // namespace gatehouse::cli
