#include "api/service_samples.hpp"

#include <algorithm>

#include "api/health_endpoints.hpp"
#include "commands/command_tally.hpp"
#include "events/frame.hpp"

namespace gatehouse::api {
namespace {

double seconds_since(Timestamp time, Timestamp now) {
  return std::max(static_cast<double>(now.unix_ms - time.unix_ms) / milliseconds_per_second, 0.0);
}

void sample_submissions(const CommandService& commands, Samples& samples) {
  const auto& counters = commands.counters();
  const auto add = [&](std::string outcome, std::uint64_t count) {
    samples.counter("gatehouse_submissions_total", "Requests for commands, single or in batches, by outcome.", count,
                    {{"outcome", std::move(outcome)}});
  };
  add("committed", counters.committed);
  add("replayed", counters.replayed);
  add("refused", counters.refused);
  add("failed", counters.failed);
  const auto& tally = commands.tally();
  for (const auto failure :
       {Failure::queue_full, Failure::read_only, Failure::key_reused, Failure::contended, Failure::unknown})
    samples.counter("gatehouse_submission_failures_total", "Requests for commands that failed, by reason.",
                    tally.failures(failure), {{"reason", std::string(to_text(failure))}});
  for (const auto& count : tally.counts()) {
    Samples::Labels labels{{"command", std::string(count.command)}, {"outcome", std::string(count.outcome)}};
    if (!count.code.empty())
      labels.emplace_back("code", count.code);
    samples.counter(
        "gatehouse_commands_total",
        "Commands, the server's own included, by type and outcome; of those refused or failed with the code.",
        count.count, std::move(labels));
  }
}

void sample_pipeline(const CommandService& commands, Samples& samples) {
  const auto& counters = commands.counters();
  samples.histogram("gatehouse_command_seconds", "Time from a command's submission to its outcome.",
                    counters.answer_times.totals(), nanoseconds_per_second);
  samples.histogram("gatehouse_command_queue_seconds", "Time that a command waits until a commit thread takes it.",
                    counters.queue_times.totals(), nanoseconds_per_second);
  samples.gauge("gatehouse_command_queue_depth", "Submissions that wait.", counters.queue_depth.load());
  samples.gauge("gatehouse_command_queue_limit", "Submissions that may wait; more are refused.", commands.queue_max());
  samples.counter("gatehouse_commit_groups_total", "Append groups, each one synced write.", counters.groups.load());
  samples.histogram("gatehouse_commit_group_commands", "Commands that one append group made durable.",
                    counters.group_commands.totals());
  samples.histogram("gatehouse_commit_group_events", "Events of one append group.", counters.group_events.totals());
  samples.counter("gatehouse_commit_conflicts_total", "Submissions that had to be decided again.",
                  counters.conflicts.load());
  samples.counter("gatehouse_events_total", "Events recorded since the start.", counters.events.load());
}

// For how long the first event that the rows lack is in the log: one read by its place.
double lag_seconds(const EventLog& log, const ProjectionStatus& status, Timestamp now) {
  if (status.lag == 0)
    return 0;
  const auto page = log.read(status.position, 1);
  const auto frame = page.events.empty() ? tl::unexpected(FrameError::too_short) : parse_frame(page.events[0].frame);
  return frame ? seconds_since(frame->envelope.recorded_at, now) : 0;
}

void sample_rebuild(const ProjectionStatus& status, const Samples::Labels& name, Samples& samples) {
  samples.gauge("gatehouse_projection_rebuild_running", "1 while the rows are made anew.", status.rebuild ? 1 : 0,
                name);
  samples.gauge("gatehouse_projection_rebuild_paused", "1 while an operator holds that.",
                status.rebuild && status.rebuild->paused ? 1 : 0, name);
  double done = 0;
  if (status.rebuild && status.rebuild->progress.total > 0)
    done = static_cast<double>(status.rebuild->progress.done) / static_cast<double>(status.rebuild->progress.total);
  samples.gauge("gatehouse_projection_rebuild_progress_ratio",
                "Which part of the log the rebuild has read, from 0 to 1; 0 while there is none.", std::min(done, 1.0),
                name);
}

void sample_projection(const EventLog& log, const ProjectionStatus& status, Timestamp now, Samples& samples) {
  const Samples::Labels name{{"projection", status.name}};
  samples.gauge("gatehouse_projection_position", "Position of the rows that serve.", status.position.value, name);
  samples.gauge("gatehouse_projection_lag_events", "Events between the rows that serve and the log's head.", status.lag,
                name);
  samples.gauge("gatehouse_projection_lag_seconds", "Age of the first event that the rows lack; 0: they lack none.",
                lag_seconds(log, status, now), name);
  samples.gauge("gatehouse_projection_failed", "1 when the projection stopped at an event.",
                status.state == ProjectionState::failed ? 1 : 0, name);
  if (status.state == ProjectionState::inline_)
    return;
  samples.counter("gatehouse_projection_events_total", "Events applied to the rows that serve since the start.",
                  status.events_applied, name);
  samples.gauge("gatehouse_projection_parked_streams", "Streams that are held back at an event that failed.",
                status.parked, name);
  samples.gauge("gatehouse_projection_parked_oldest_seconds",
                "For how long the first of them is held back; 0 when there is none.",
                status.parked_since ? seconds_since(*status.parked_since, now) : 0, name);
  sample_rebuild(status, name, samples);
}

void sample_witness(const transparency::WitnessStatus& status, Samples& samples) {
  const Samples::Labels who{{"witness", status.name}, {"url", status.url}};
  samples.gauge("gatehouse_witness_cosigned_size",
                "Events of the checkpoint that the witness cosigned last since the start.", status.cosigned_size, who);
  samples.gauge("gatehouse_witness_cosigns", "1 when the witness cosigned what it was asked last.",
                status.cosigns ? 1 : 0, who);
  samples.gauge("gatehouse_witness_differs", "1 when its last answer proves that it has cosigned another history.",
                status.differs ? 1 : 0, who);
  samples.counter("gatehouse_witness_failures_total", "How often the witness was asked and did not cosign.",
                  status.failures, who);
}

void sample_tree(const transparency::LogTree& tree, Samples& samples) {
  const auto published = tree.published();
  samples.gauge("gatehouse_log_tree_size", "Events that the tree over the log has.", tree.size());
  samples.gauge("gatehouse_log_checkpoint_size", "Events that the published checkpoint has.",
                published ? published->head().size : 0);
  samples.gauge("gatehouse_log_tree_failed", "1 when the log contradicts its tree.", tree.failure().empty() ? 0 : 1);
  samples.counter("gatehouse_log_checkpoints_not_cosigned_total", "Checkpoints that lacked cosignatures.",
                  tree.publishing_failures());
  for (const auto& witness : tree.cosigning().witnesses)
    sample_witness(witness, samples);
}

}  // namespace

void sample_services(const Services& services, Samples& samples) {
  const auto readiness = look(services);
  samples.gauge("gatehouse_ready", "1 while /readyz answers 200.", readiness.reasons.empty() ? 1 : 0);
  samples.gauge("gatehouse_degraded_reasons", "How many things /readyz names as degraded.", readiness.degraded.size());
  samples.gauge("gatehouse_log_head_position", "Position of the last durable event.", services.log.head().value);
  samples.gauge("gatehouse_log_read_only", "1 while the log takes no appends.",
                services.log.read_only_reason().empty() ? 0 : 1);
  samples.gauge("gatehouse_feeds_open",
                "Feeds of accounts' events; one whose reader hung up counts until its next heartbeat.",
                services.feeds.open.load());
  sample_submissions(services.commands, samples);
  sample_pipeline(services.commands, samples);
  sample_tree(services.tree, samples);
  for (const auto& status : services.projections.statuses())
    sample_projection(services.log, status, services.clock(), samples);
}

void sample_transport(const http::CounterTotals& totals, Samples& samples) {
  samples.gauge("gatehouse_http_connections", "Connections open now.",
                totals.connections_accepted - totals.connections_closed);
  samples.counter("gatehouse_http_connections_accepted_total", "Connections accepted.", totals.connections_accepted);
  samples.counter("gatehouse_http_connections_refused_total", "Connections over a cap.", totals.connections_refused);
  samples.counter("gatehouse_http_connections_shed_total",
                  "Connections closed at once because no file could be opened any more.", totals.connections_shed);
  samples.counter("gatehouse_http_handshakes_failed_total", "TLS handshakes that failed.", totals.handshakes_failed);
  samples.counter("gatehouse_http_deadlines_missed_total", "Connections cut because the client was too slow.",
                  totals.deadlines_missed);
  samples.counter("gatehouse_http_answers_undeliverable_total", "Answers whose connection had gone.",
                  totals.answers_undeliverable);
  samples.counter("gatehouse_http_answers_missing_total", "Requests that nothing answered; the client got 500.",
                  totals.answers_missing);
  samples.counter("gatehouse_http_received_bytes_total", "Bytes received.", totals.bytes_received);
  samples.counter("gatehouse_http_sent_bytes_total", "Bytes sent.", totals.bytes_sent);
  for (std::size_t index = 0; index < totals.refusals.size(); ++index)
    samples.counter("gatehouse_http_refusals_total", "Requests that the transport refused, by code.",
                    totals.refusals[index], {{"code", std::string(http::refusal_facts[index].code)}});
}

}  // namespace gatehouse::api
