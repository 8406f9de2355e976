#include <algorithm>
#include <iostream>
#include <stdexcept>

#include "api/event_json.hpp"
#include "api/parameters.hpp"
#include "cli/replay.hpp"
#include "cli/stopped_log.hpp"
#include "cli/subject_keys_place.hpp"
#include "events/codec.hpp"
#include "events/frame.hpp"
#include "projections/audit.hpp"
#include "sealing/sealed_events.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::size_t events_per_read = 1'000;

struct Wanted {
  AuditFilter filter;
  std::optional<Timestamp> from;
  std::optional<Timestamp> to;
};

std::optional<Timestamp> time_of(const std::optional<std::string>& text, const char* flag) {
  if (!text)
    return std::nullopt;
  const auto time = api::parse_time(*text);
  if (!time)
    throw std::runtime_error(std::string(flag) + " must be an RFC 3339 time, for example 2026-01-31T00:00:00Z");
  return time;
}

Wanted wanted_by(const ReplayFlags& flags) {
  Wanted wanted;
  if (flags.type) {
    wanted.filter.type = type_number_of(*flags.type);
    if (!wanted.filter.type)
      throw std::runtime_error("--type: there is no such type of event");
  }
  if (flags.app)
    wanted.filter.app_id = AppId{*flags.app};
  if (flags.user)
    wanted.filter.user_id = UserId{*flags.user};
  wanted.filter.actor_id = flags.actor;
  wanted.from = time_of(flags.from, "--from");
  wanted.to = time_of(flags.to, "--to");
  return wanted;
}

bool is_wanted(const Wanted& wanted, const RecordedEvent& event) {
  const auto at = event.envelope.recorded_at;
  if ((wanted.from && at < *wanted.from) || (wanted.to && at >= *wanted.to))
    return false;
  return wanted.filter.matches_all() || matches(wanted.filter, event);
}

}  // namespace

int run_replay_events(const ReplayFlags& flags) {
  const auto wanted = wanted_by(flags);
  const auto log = open_stopped_log(flags.data, true);
  if (!log)
    return exit_data_refused;
  if (flags.account && !log->stream_head(AccountId{*flags.account}))
    throw std::runtime_error("there are no events of the account " + *flags.account);
  const auto keys = keys_to_read(flags.data, *log);
  auto left = flags.limit.value_or(UINT64_MAX);
  std::uint64_t version = 0;
  Position after{flags.after};
  for (bool at_end = false; !at_end && left > 0 && std::cout;) {
    const auto page = flags.account ? log->read_stream(AccountId{*flags.account}, version, events_per_read)
                                    : log->read(after, events_per_read);
    at_end = page.at_end || page.events.empty();
    after = page.next;
    version += page.events.size();
    for (const auto& stored : page.events) {
      if (left == 0 || !std::cout || stored.position.value <= flags.after)
        continue;
      const auto event = decode_frame(stored.frame);
      if (!event)
        throw std::runtime_error("event " + std::to_string(stored.position.value) + ": " +
                                 std::string(to_text(event.error())));
      if (!is_wanted(wanted, *event))
        continue;
      std::string line;
      api::append_event(line, opened(keys.get(), *event));
      std::cout << line << "\n";
      --left;
    }
  }
  return 0;
}

}  // namespace gatehouse::cli
