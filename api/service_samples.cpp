#include "api/service_samples.hpp"

namespace gatehouse::api {
namespace {

double number(std::uint64_t value) { return static_cast<double>(value); }

void add_counter(std::vector<Sample>& samples, std::string name, std::string help, std::uint64_t value) {
  samples.push_back({std::move(name), std::move(help), true, {}, number(value)});
}

void add_gauge(std::vector<Sample>& samples, std::string name, std::string help, double value) {
  samples.push_back({std::move(name), std::move(help), false, {}, value});
}

void sample_commands(const CommandCounters& counters, std::vector<Sample>& samples) {
  add_counter(samples, "gatehouse_submissions_committed_total", "Submissions that were committed.", counters.committed);
  add_counter(samples, "gatehouse_submissions_replayed_total", "Submissions answered from an earlier one.",
              counters.replayed);
  add_counter(samples, "gatehouse_submissions_refused_total", "Submissions that the rules refused.", counters.refused);
  add_counter(samples, "gatehouse_submissions_failed_total", "Submissions that failed.", counters.failed);
  add_counter(samples, "gatehouse_commit_groups_total", "Append groups, each one synced write.", counters.groups);
  add_counter(samples, "gatehouse_commit_conflicts_total", "Submissions that had to be decided again.",
              counters.conflicts);
  add_counter(samples, "gatehouse_events_total", "Events recorded since the start.", counters.events);
  add_gauge(samples, "gatehouse_command_queue_depth", "Submissions that wait.", number(counters.queue_depth));
}

void sample_projection(const ProjectionStatus& status, std::vector<Sample>& samples) {
  const auto add = [&](std::string name, std::string help, double value) {
    samples.push_back({std::move(name), std::move(help), false, {{"projection", status.name}}, value});
  };
  add("gatehouse_projection_position", "Position of the rows that serve.", number(status.position.value));
  add("gatehouse_projection_lag_events", "Events between the rows that serve and the log's head.", number(status.lag));
  add("gatehouse_projection_events_per_second", "Events applied lately.", number(status.events_per_second));
  add("gatehouse_projection_failed", "1 when the projection stopped at an event.",
      status.state == ProjectionState::failed ? 1.0 : 0.0);
}

void sample_witness(const transparency::WitnessStatus& status, std::vector<Sample>& samples) {
  const auto add = [&](std::string name, std::string help, bool is_counter, double value) {
    samples.push_back(
        {std::move(name), std::move(help), is_counter, {{"witness", status.name}, {"url", status.url}}, value});
  };
  add("gatehouse_witness_cosigned_size", "Events of the checkpoint that the witness cosigned last since the start.",
      false, number(status.cosigned_size));
  add("gatehouse_witness_cosigns", "1 when the witness cosigned what it was asked last.", false,
      status.cosigns ? 1.0 : 0.0);
  add("gatehouse_witness_differs", "1 when its last answer proves that it has cosigned another history.", false,
      status.differs ? 1.0 : 0.0);
  add("gatehouse_witness_failures_total", "How often the witness was asked and did not cosign.", true,
      number(status.failures));
}

void sample_tree(const transparency::LogTree& tree, std::vector<Sample>& samples) {
  const auto published = tree.published();
  add_gauge(samples, "gatehouse_log_tree_size", "Events that the tree over the log has.", number(tree.size()));
  add_gauge(samples, "gatehouse_log_checkpoint_size", "Events that the published checkpoint has.",
            published ? number(published->head().size) : 0.0);
  add_gauge(samples, "gatehouse_log_tree_failed", "1 when the log contradicts its tree.",
            tree.failure().empty() ? 0.0 : 1.0);
  add_counter(samples, "gatehouse_log_checkpoints_not_cosigned_total", "Checkpoints that lacked cosignatures.",
              tree.publishing_failures());
  for (const auto& witness : tree.cosigning().witnesses)
    sample_witness(witness, samples);
}

}  // namespace

void sample_services(const Services& services, std::vector<Sample>& samples) {
  add_gauge(samples, "gatehouse_log_head_position", "Position of the last durable event.",
            number(services.log.head().value));
  add_gauge(samples, "gatehouse_log_read_only", "1 while the log takes no appends.",
            services.log.read_only_reason().empty() ? 0.0 : 1.0);
  add_gauge(samples, "gatehouse_feeds_open",
            "Feeds of accounts' events; one whose reader hung up counts until its next heartbeat.",
            number(services.feeds.open));
  sample_commands(services.commands.counters(), samples);
  sample_tree(services.tree, samples);
  for (const auto& status : services.projections.statuses())
    sample_projection(status, samples);
}

void sample_transport(const http::CounterTotals& totals, std::vector<Sample>& samples) {
  add_gauge(samples, "gatehouse_http_connections", "Connections open now.",
            number(totals.connections_accepted - totals.connections_closed));
  add_counter(samples, "gatehouse_http_connections_accepted_total", "Connections accepted.",
              totals.connections_accepted);
  add_counter(samples, "gatehouse_http_connections_refused_total", "Connections over a cap.",
              totals.connections_refused);
  add_counter(samples, "gatehouse_http_handshakes_failed_total", "TLS handshakes that failed.",
              totals.handshakes_failed);
  add_counter(samples, "gatehouse_http_deadlines_missed_total", "Connections cut because the client was too slow.",
              totals.deadlines_missed);
  add_counter(samples, "gatehouse_http_received_bytes_total", "Bytes received.", totals.bytes_received);
  add_counter(samples, "gatehouse_http_sent_bytes_total", "Bytes sent.", totals.bytes_sent);
  for (std::size_t index = 0; index < totals.refusals.size(); ++index) {
    samples.push_back({"gatehouse_http_refusals_total",
                       "Requests that the transport refused, by code.",
                       true,
                       {{"code", std::string(http::refusal_facts[index].code)}},
                       number(totals.refusals[index])});
  }
}

}  // namespace gatehouse::api
