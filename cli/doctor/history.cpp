#include <filesystem>
#include <string_view>

#include "backup/open_files.hpp"
#include "cli/doctor/checks.hpp"
#include "cli/lost_files.hpp"
#include "cli/outbound_hold.hpp"
#include "cli/refused_log.hpp"
#include "cli/subject_keys_place.hpp"
#include "cli/unfinished_import.hpp"
#include "domain/rows.hpp"
#include "events/frame.hpp"
#include "store/rocks_event_log.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::int64_t clock_behind_ms_max = 1'000;  // what steps of a clock that is kept right may come to

Finding finding_of(const std::string& check, const Unreadable& damage, const std::string& data) {
  return {check, Verdict::wrong, "cannot read " + damage.table + ": " + damage.detail,
          tells_of_open_files(damage.detail) ? std::string(raise_open_files)
                                             : advice_for_unreadable(damage.table, data)};
}

Finding check_state(const RocksEventLog& log) {
  if (log.head().value > 0 && log.state_version() != state_rows_version)
    return {"state", Verdict::warning,
            "its rows are of version " + std::to_string(log.state_version()) + ", and this program has " +
                std::to_string(state_rows_version),
            "expect the next start to make them anew, which takes as long as the log is long"};
  return {"state", Verdict::ok, "its rows are of this program's version"};
}

// What a start reads of each before it serves.
void check_read_models(const std::string& data, const RocksEventLog& log, Findings& findings) {
  const auto before = findings.size();
  for (const auto& [table, role] : log.projections()->list()) {
    if (role == GenerationRole::building)
      continue;  // a start drops it
    const auto& name = table->projection().name;
    try {
      const auto snapshot = table->snapshot();
      static_cast<void>(snapshot->notes());
      if (snapshot->checkpoint() > log.head())
        findings.push_back(
            {"read models", Verdict::wrong,
             name + " is at position " + std::to_string(snapshot->checkpoint().value) + ", ahead of the log",
             advice_for(OpenErrorKind::log_behind_witness, data)});
    } catch (const Unreadable& damage) {
      findings.push_back(finding_of("read models", damage, data));
    }
  }
  if (findings.size() == before)
    findings.push_back({"read models", Verdict::ok, "each says how far it is"});
}

// What is wrong; the lines behind it say what to do to who started a server.
std::string first_line(std::string_view text) { return std::string(text.substr(0, text.find('\n'))); }

void check_opened(const std::string& data, const RocksEventLog& log, Timestamp now, Findings& findings) {
  const auto head = log.head();
  findings.push_back({"log", Verdict::ok,
                      head.value == 0
                          ? "no events yet"
                          : "opens, ends at position " + std::to_string(head.value) + " as its witness says"});
  findings.push_back(check_state(log));
  check_read_models(data, log, findings);
  const auto trouble = trouble_with_keys(data, log);
  findings.push_back(trouble.empty() ? Finding{"persons' keys", Verdict::ok, "the store fits the log"}
                                     : Finding{"persons' keys", Verdict::wrong, first_line(trouble),
                                               "bring back " + subject_keys_of(data)});
  if (const auto newest = head.value == 0 ? std::nullopt : log.read_at(head)) {
    if (const auto event = parse_frame(newest->frame))
      findings.push_back(judge_newest(event->envelope.recorded_at, now));
  }
}

}  // namespace

Finding judge_newest(Timestamp newest, Timestamp now) {
  const auto behind_ms = newest.unix_ms - now.unix_ms;
  if (behind_ms > clock_behind_ms_max)
    return {"newest event", Verdict::wrong, "the clock is " + std::to_string(behind_ms / 1'000) + " s behind it",
            "set the clock right before the server starts: new events would bear times that are wrong until it has "
            "caught up"};
  return {"newest event", Verdict::ok, "recorded " + std::to_string(-behind_ms / 1'000) + " s ago by this clock"};
}

Findings check_history(const std::string& data, Timestamp now) {
  if (is_import_unfinished(data))
    return {{"log", Verdict::wrong, data + ": an import into this folder was stopped before its end",
             "empty the folder and import again"}};
  Findings findings;
  if (is_outbound_held(data))
    findings.push_back({"outbound", Verdict::warning,
                        "the data was imported or restored: no mails and webhooks are sent",
                        "remove " + outbound_hold_of(data).string() + " if this instance shall send what is due"});
  OpenOptions options;
  options.data_dir = data;
  options.read_only = true;
  try {
    refuse_lost_log(data);
    const auto log = RocksEventLog::open(options);
    if (log) {
      refuse_lost_events(data, (*log)->head());
      check_opened(data, **log, now, findings);
    } else {
      findings.push_back({"log", Verdict::wrong, reason_of(log.error()), advice_for(log.error(), data)});
    }
  } catch (const Unreadable& damage) {
    findings.push_back(finding_of("log", damage, data));
  } catch (const DataRefused& lost) {
    findings.push_back(
        {"log", Verdict::wrong, first_line(lost.what()), advice_for(OpenErrorKind::log_behind_witness, data)});
  }
  return findings;
}

}  // namespace gatehouse::cli
