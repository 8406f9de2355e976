// What the transport counts, for metrics. Each I/O thread owns one set of cells that it alone writes; a reader adds them up
// at any time, so sums are exact only once the server has stopped.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>

#include "http/refusal.hpp"

namespace gatehouse::http {

template <class Cell>
struct CounterSet {
  Cell connections_accepted{};
  Cell connections_closed{};   // accepted - closed are open now
  Cell connections_refused{};  // over a cap
  Cell connections_shed{};     // closed at once because no descriptor was left
  Cell handshakes_failed{};
  Cell requests{};               // handed to the handler
  Cell answers{};                // refusals included, written or about to be
  Cell answers_undeliverable{};  // the connection had gone
  Cell answers_missing{};        // the handler gave none, or none that can be sent; the client got 500
  Cell deadlines_missed{};       // connections cut because the client was too slow
  Cell bytes_received{};         // after TLS
  Cell bytes_sent{};             // before TLS
  std::array<Cell, refusal_facts.size()> refusals{};  // in the order of refusal_facts
};

using CounterTotals = CounterSet<std::uint64_t>;

struct Counters : CounterSet<std::atomic<std::uint64_t>> {
  static void add(std::atomic<std::uint64_t>& cell, std::uint64_t amount = 1) {
    cell.fetch_add(amount, std::memory_order_relaxed);
  }

  void add_to(CounterTotals& totals) const;
};

}  // namespace gatehouse::http
