#include "http/counters.hpp"

namespace gatehouse::http {

void Counters::add_to(CounterTotals& totals) const {
  const auto add = [](std::uint64_t& total, const std::atomic<std::uint64_t>& cell) {
    total += cell.load(std::memory_order_relaxed);
  };
  add(totals.connections_accepted, connections_accepted);
  add(totals.connections_closed, connections_closed);
  add(totals.connections_refused, connections_refused);
  add(totals.connections_shed, connections_shed);
  add(totals.handshakes_failed, handshakes_failed);
  add(totals.requests, requests);
  add(totals.answers, answers);
  add(totals.answers_undeliverable, answers_undeliverable);
  add(totals.answers_missing, answers_missing);
  add(totals.deadlines_missed, deadlines_missed);
  add(totals.bytes_received, bytes_received);
  add(totals.bytes_sent, bytes_sent);
  for (std::size_t kind = 0; kind < refusals.size(); ++kind)
    add(totals.refusals[kind], refusals[kind]);
}

}  // namespace gatehouse::http
