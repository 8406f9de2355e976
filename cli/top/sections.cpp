#include "cli/top/sections.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <tuple>

#include "cli/top/figures.hpp"

namespace gatehouse::cli::top {

namespace {

using Tone = Line::Tone;

constexpr double p50 = 0.5, p90 = 0.9, p99 = 0.99;
constexpr std::string_view requests_total = "gatehouse_http_requests_total";
constexpr std::string_view commands_total = "gatehouse_commands_total";

// Of the server's own watchers: they would make an idle server look busy, and one that is not ready look broken.
const std::vector<Where>& watchers() {
  static const std::vector<Where> routes{
      {"route", "showMetrics"}, {"route", "showReadiness"}, {"route", "showLiveness"}};
  return routes;
}

Figure without(Figure all, Figure part) { return all && part ? Figure(std::max(0.0, *all - *part)) : all; }

bool is_above_zero(Figure figure) { return figure && *figure > 0; }

Tone warn_if(bool worrying) { return worrying ? Tone::warning : Tone::plain; }

Figure uptime(const Reading& reading) {
  const auto began = reading.value("process_start_time_seconds");
  if (!began)
    return std::nullopt;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::max(0.0, std::chrono::duration<double>(now).count() - *began);
}

Line requests(const Reading& reading) {
  auto rate = reading.rate(requests_total);
  for (const auto& watcher : watchers())
    rate = without(rate, reading.rate(requests_total, {watcher}));
  Figure failed = rate ? Figure(0) : std::nullopt;
  for (const auto& status : reading.values_of(requests_total, "status")) {
    if (failed && status.starts_with('5'))
      *failed += reading.rate(requests_total, {{"status", status}}).value_or(0);
  }
  failed = without(failed, reading.rate(requests_total, {{"status", "503"}, {"route", "showReadiness"}}));
  const auto spread = reading.lately("gatehouse_http_request_seconds", watchers());
  return Row("requests")
      .figure("", rate_text(rate))
      .figure("5xx", rate_text(failed))
      .figure("p50", span_text(quantile(spread, p50)))
      .figure("p90", span_text(quantile(spread, p90)))
      .figure("p99", span_text(quantile(spread, p99)))
      .figure("connections", count_text(reading.value("gatehouse_http_connections")))
      .line(warn_if(is_above_zero(failed)));
}

// Everything else came to no event because of a rule, or of a failure.
Figure not_taken(const Reading& reading, std::initializer_list<Where> which) {
  std::vector<Where> wheres(which);
  const auto rate_with = [&](std::string_view outcome) {
    return which.size() == 0 ? reading.rate(commands_total, {{"outcome", outcome}})
                             : reading.rate(commands_total, {wheres.front(), {"outcome", outcome}});
  };
  auto rest = reading.rate(commands_total, which);
  for (const auto* outcome : {"accepted", "unchanged", "replayed", "dry_run"})
    rest = without(rest, rate_with(outcome));
  return rest;
}

Line commands(const Reading& reading) {
  const auto spread = reading.lately("gatehouse_command_seconds");
  const auto waiting = reading.value("gatehouse_command_queue_depth");
  const auto room = reading.value("gatehouse_command_queue_limit");
  return Row("commands")
      .figure("", rate_text(reading.rate(commands_total)))
      .figure("refused", rate_text(not_taken(reading, {})))
      .figure("p50", span_text(quantile(spread, p50)))
      .figure("p99", span_text(quantile(spread, p99)))
      .figure("queue", count_text(waiting) + (room ? " of " + count_text(room) : std::string()))
      .line(warn_if(waiting && room && *waiting * 2 > *room));
}

Line commits(const Reading& reading) {
  const auto sizes = reading.lately("gatehouse_commit_group_commands");
  const auto syncs = reading.lately("gatehouse_log_sync_seconds", {{"file", "witness"}});
  return Row("commits")
      .figure("", rate_text(reading.rate("gatehouse_commit_groups_total")))
      .figure("group mean", plain_text(mean(sizes)))
      .figure("p99", plain_text(quantile(sizes, p99)))
      .figure("sync p50", span_text(quantile(syncs, p50)))
      .figure("p99", span_text(quantile(syncs, p99)))
      .line();
}

Line log(const Reading& reading) {
  const bool closed = is_above_zero(reading.value("gatehouse_log_read_only"));
  return Row("log")
      .figure("head", count_text(reading.value("gatehouse_log_head_position")))
      .figure("events", rate_text(reading.rate("gatehouse_events_total")))
      .figure("checkpoint", count_text(reading.value("gatehouse_log_checkpoint_size")))
      .figure("", closed ? "READ ONLY" : "")
      .line(closed ? Tone::bad : Tone::plain);
}

// An older server counts failed attempts among the outcomes.
Figure failed_attempts(const Reading& reading, std::string_view attempts, std::string_view outcomes) {
  const auto failed = reading.rate(attempts, {{"outcome", "failed"}});
  return failed ? failed : reading.rate(outcomes, {{"outcome", "failed"}});
}

Line outbound(const Reading& reading) {
  const auto mails = failed_attempts(reading, "gatehouse_mail_attempts_total", "gatehouse_mails_total");
  const auto webhooks = failed_attempts(reading, "gatehouse_webhook_attempts_total", "gatehouse_webhooks_total");
  return Row("outbound")
      .figure("mails", rate_text(reading.rate("gatehouse_mails_total", {{"outcome", "sent"}})))
      .figure("failed", rate_text(mails))
      .figure("wait", count_text(reading.value("gatehouse_mails_waiting")))
      .figure("webhooks", rate_text(reading.rate("gatehouse_webhooks_total", {{"outcome", "delivered"}})))
      .figure("failed", rate_text(webhooks))
      .figure("wait", count_text(reading.value("gatehouse_webhooks_waiting")))
      .line(warn_if(is_above_zero(mails) || is_above_zero(webhooks)));
}

Line storage(const Reading& reading) {
  const auto free = reading.value("gatehouse_disk_free_bytes");
  const auto reserve = reading.value("gatehouse_disk_reserve_bytes");
  const bool slowed = is_above_zero(reading.value("gatehouse_store_writes_slowed")) ||
                      is_above_zero(reading.value("gatehouse_store_writes_stopped"));
  return Row("storage")
      .figure("files", bytes_text(reading.value("gatehouse_store_file_bytes")))
      .figure("log", bytes_text(reading.value("gatehouse_store_file_bytes", {{"table", "log"}})))
      .figure("memtables", bytes_text(reading.value("gatehouse_store_memtable_bytes")))
      .figure("disk free", bytes_text(free))
      .figure("", slowed ? "WRITES SLOWED" : "")
      .line(warn_if(slowed || (free && reserve && *free < 2 * *reserve)));
}

Line process(const Reading& reading) {
  return Row("process")
      .figure("memory", bytes_text(reading.value("process_resident_memory_bytes")))
      .figure("cpu", percent_text(reading.rate("process_cpu_seconds_total")))
      .figure("threads", count_text(reading.value("process_threads")))
      .figure("files", count_text(reading.value("process_open_fds")))
      .line();
}

Figure rebuild_of(const Reading& reading, const Where& projection) {
  if (!is_above_zero(reading.value("gatehouse_projection_rebuild_running", {projection})))
    return std::nullopt;
  return reading.value("gatehouse_projection_rebuild_progress_ratio", {projection});
}

std::string rebuild_text(const Reading& reading, const Where& projection) {
  const auto text = percent_text(rebuild_of(reading, projection));
  return is_above_zero(reading.value("gatehouse_projection_rebuild_paused", {projection})) ? text + " held" : text;
}

// An older server tells the rate itself.
Figure events_rate(const Reading& reading, const Where& projection) {
  const auto rate = reading.rate("gatehouse_projection_events_total", {projection});
  return rate ? rate : reading.value("gatehouse_projection_events_per_second", {projection});
}

}  // namespace

Line title(const Reading& reading, std::string_view url) {
  const auto version = reading.text_of("gatehouse_build_info", "version");
  std::string text("gatehouse ");
  text.append(version.empty() ? "-" : version)
      .append("   ")
      .append(url)
      .append("   up ")
      .append(uptime_text(uptime(reading)));
  return {text, Tone::title};
}

std::vector<Line> overview(const Reading& reading) {
  return {requests(reading), commands(reading), commits(reading), log(reading),
          outbound(reading), storage(reading),  process(reading)};
}

std::vector<Line> projection_table(const Reading& reading) {
  constexpr std::string_view position = "gatehouse_projection_position";
  std::vector<Line> lines{{table_row("projection", {"position", "lag", "rate", "parked", "rebuild"}), Tone::heading}};
  for (const auto& name : reading.values_of(position, "projection")) {
    const Where one{"projection", name};
    const auto parked = reading.value("gatehouse_projection_parked_streams", {one});
    const bool failed = is_above_zero(reading.value("gatehouse_projection_failed", {one}));
    lines.push_back({table_row(name + (failed ? " FAILED" : ""),
                               {count_text(reading.value(position, {one})),
                                count_text(reading.value("gatehouse_projection_lag_events", {one})),
                                rate_text(events_rate(reading, one)), count_text(parked), rebuild_text(reading, one)}),
                     failed ? Tone::bad : warn_if(is_above_zero(parked))});
  }
  return lines;
}

std::vector<Line> command_table(const Reading& reading) {
  struct Type {
    std::string name;
    Figure rate, total;
  };
  std::vector<Type> types;
  for (const auto& name : reading.values_of(commands_total, "command")) {
    const Where one{"command", name};
    types.push_back({name, reading.rate(commands_total, {one}), reading.value(commands_total, {one})});
  }
  std::ranges::sort(types, {}, [](const Type& type) {
    return std::tuple(-type.rate.value_or(0), -type.total.value_or(0), type.name);
  });
  std::vector<Line> lines{{table_row("command", {"rate", "refused", "total"}), Tone::heading}};
  for (const auto& type : types)
    lines.push_back(
        {table_row(type.name, {rate_text(type.rate), rate_text(not_taken(reading, {{"command", type.name}})),
                               count_text(type.total)})});
  return lines;
}

}  // namespace gatehouse::cli::top
