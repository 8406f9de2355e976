// The log folded into its trees: each event into the tree over the log and into its account's, and at each AccountHeadsCommitted into the map, whose root must then
// be the one that the event has. One thread.
#pragma once
#include <cstdint>
#include <deque>
#include <stdexcept>

#include "store/event_log.hpp"
#include "table/table.hpp"
#include "tlog/frontier.hpp"
#include "tlog/tree_proof.hpp"
#include "transparency/rows.hpp"

namespace gatehouse::transparency {

// The log contradicts what it says of itself; `what` names the position.
struct BrokenHistory : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class TreeFold {
 public:
  // Goes on where `rows` end; what is to be known of the events before that is read from `log`.
  TreeFold(const TableReader& rows, const EventLog& log);

  // The next event of the log.
  void add(Table& rows, const StoredEvent& event);
  // Before the rows are written.
  void finish(Table& rows) const;

  [[nodiscard]] Position position() const { return {log_.size()}; }
  [[nodiscard]] tlog::TreeHead head() const { return {log_.size(), log_.root()}; }

  // Whether anything happened since the heads were committed, that commitment aside.
  [[nodiscard]] bool has_uncommitted() const { return others_pending_ > 0; }
  [[nodiscard]] std::size_t pending() const { return pending_.size(); }
  // What is to be committed now.
  [[nodiscard]] HeadsRow heads_now(const TableReader& rows) const;

 private:
  struct Pending {
    AccountId stream;
    tlog::Hash leaf;
  };

  void remember(const StoredEvent& event);
  HeadsRow commit(Table& rows, std::uint64_t through) const;
  void check_heads(Table& rows, const StoredEvent& event);

  tlog::Frontier log_;
  std::uint64_t through_{};       // of the last commitment
  std::deque<Pending> pending_;   // the events after it
  std::size_t others_pending_{};  // of them, those of other streams than the commitments'
};

}  // namespace gatehouse::transparency
