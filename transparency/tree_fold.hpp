// The log folded into its trees: each event into the tree over the log and into its account's, and at each AccountHeadsCommitted into the map, whose root must then
// be the one that the event has. One thread.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
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

// What a fold holds in memory; whatever goes beyond is read from the log, or written to the rows, once more.
struct TreeFoldLimits {
  std::size_t leaves_max = 200'000;   // of events whose heads are not committed to yet
  std::size_t accounts_max = 50'000;  // whose heads are set at once
};

class TreeFold {
 public:
  // Goes on where `rows` end; what is to be known of the events before that is read from `log`, which outlives the fold.
  TreeFold(const TableReader& rows, const EventLog& log, const TreeFoldLimits& limits = {});

  // The next event of the log.
  void add(Table& rows, const StoredEvent& event);
  // Before the rows are written.
  void finish(Table& rows) const;

  [[nodiscard]] Position position() const { return {log_.size()}; }
  [[nodiscard]] tlog::TreeHead head() const { return {log_.size(), log_.root()}; }

  // Whether anything happened since the heads were committed, that commitment aside.
  [[nodiscard]] bool has_uncommitted() const { return others_held_ > 0 || held_.size() < pending(); }
  [[nodiscard]] std::uint64_t pending() const { return log_.size() - through_; }
  // What is to be committed now.
  [[nodiscard]] HeadsRow heads_now(const TableReader& rows) const;

 private:
  struct Pending {
    AccountId stream;
    tlog::Hash leaf;
  };

  using Grown = std::map<AccountId, tlog::Frontier>;

  [[nodiscard]] static Pending pending_of(const StoredEvent& event);
  void hold(Pending event);
  void hold_pending();
  void visit_log(std::uint64_t after, std::uint64_t through,
                 const std::function<void(const StoredEvent& event)>& visit) const;
  void visit_pending(std::uint64_t through, const std::function<void(const Pending& event)>& visit) const;
  HeadsRow commit(Table& rows, std::uint64_t through) const;
  static void set_heads(Table& rows, HeadsRow& heads, Grown& grown);
  void check_heads(Table& rows, const StoredEvent& event);

  const EventLog* events_;
  TreeFoldLimits limits_;
  tlog::Frontier log_;
  std::uint64_t through_{};    // of the last commitment
  std::deque<Pending> held_;   // the first events after it
  std::size_t others_held_{};  // of them, those of other streams than the commitments'
};

}  // namespace gatehouse::transparency
