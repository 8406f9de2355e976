// What a query is answered from: the log's state and the read models as they are, or as they were at a moment. Who may ask is decided by the
// state of now in either case.
#pragma once
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "api/as_of.hpp"
#include "api/projection_gate.hpp"
#include "domain/state.hpp"
#include "store/event_log.hpp"

namespace gatehouse::api {

struct Route;

class QueryBasis {
 public:
  explicit QueryBasis(const Route& route) : route_(&route) {}

  // The state of now, and no read model yet. What was said about the past stays.
  void take_snapshot(const EventLog& log, const AccountId& account, const PersonalReader* reader);
  void look_back_to(Moment moment) { moment_ = moment; }
  // Lets go of every row.
  void release();

  // Of now.
  [[nodiscard]] const State& present() const { return *present_; }
  [[nodiscard]] Position head() const { return snapshot_->head(); }

  [[nodiscard]] bool is_of_past() const { return moment_.has_value(); }
  [[nodiscard]] Timestamp time(Timestamp now) const { return moment_ ? moment_->time : now; }
  [[nodiscard]] const StreamHead& account() const { return moment_ ? moment_->account : account_; }
  [[nodiscard]] const StreamHead& catalogue() const { return moment_ ? moment_->catalogue : catalogue_; }

  // The read model to bring next; nothing when all are there. `asked` is the position that the client wants in the answer.
  [[nodiscard]] std::optional<std::string_view> missing() const;
  [[nodiscard]] Position needed(Position asked, bool eventual) const;
  // Says why not: the rows lack events of the account that are needed.
  [[nodiscard]] std::optional<Problem> add(ProjectionView view, bool eventual);

  // When all are there.
  [[nodiscard]] const State& state() const { return moment_ ? *past_ : *present_; }
  [[nodiscard]] const std::vector<ProjectionView>& views() const { return views_; }  // in the order of the route's
  [[nodiscard]] Position position() const;                                           // what the answer contains
  [[nodiscard]] const std::shared_ptr<const TableReader>& past_table() const { return past_table_; }

 private:
  const Route* route_;
  std::shared_ptr<const StateSnapshot> snapshot_;
  StreamHead account_, catalogue_;
  std::optional<State> present_;
  std::optional<Moment> moment_;
  std::shared_ptr<const TableReader> past_table_;  // with the past of all
  std::shared_ptr<const TableReader> past_state_;
  std::optional<State> past_;
  std::vector<ProjectionView> views_;
};

}  // namespace gatehouse::api
