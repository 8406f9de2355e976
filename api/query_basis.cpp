#include "api/query_basis.hpp"

#include <algorithm>

#include "api/route.hpp"
#include "projections/past.hpp"
#include "projections/state_projection.hpp"

namespace gatehouse::api {

void QueryBasis::take_snapshot(const EventLog& log, const AccountId& account, const PersonalReader* reader) {
  release();
  snapshot_ = log.state();
  account_ = snapshot_->stream_head(account).value_or(StreamHead{});
  catalogue_ = snapshot_->stream_head(catalogue_stream).value_or(StreamHead{});
  present_.emplace(*snapshot_, account, reader);
}

void QueryBasis::release() {
  views_.clear();
  past_.reset();
  past_state_.reset();
  past_table_.reset();
  present_.reset();
  snapshot_.reset();
}

std::optional<std::string_view> QueryBasis::missing() const {
  if (moment_ && !past_table_)
    return past_projection;
  if (views_.size() < route_->projections.size())
    return route_->projections[views_.size()];
  return std::nullopt;
}

Position QueryBasis::needed(Position asked, bool eventual) const {
  if (moment_)
    return moment_->position;
  return eventual ? asked : std::max(asked, head());
}

std::optional<Problem> QueryBasis::add(ProjectionView view, bool eventual) {
  if (!eventual && view.whole_up_to(present_->account_id()) < std::min(view.position, needed({}, eventual)))
    return make_problem("events_parked", "The read model has not taken an event that the answer needs.");
  if (!moment_ || past_table_) {
    views_.push_back(std::move(view));
  } else {
    past_table_ = std::move(view.rows);
    past_state_ = past_rows(past_table_, state_projection, moment_->position);
    past_.emplace(*past_state_, present_->account_id(), present_->reader());
  }
  while (moment_ && views_.size() < route_->projections.size()) {
    auto rows = past_rows(past_table_, route_->projections[views_.size()], moment_->position);
    if (!rows)
      break;
    views_.push_back({moment_->position, std::move(rows)});
  }
  return std::nullopt;
}

Position QueryBasis::position() const {
  if (moment_)
    return moment_->position;
  auto position = head();
  for (const auto& view : views_)
    position = std::min(position, view.position);
  return position;
}

}  // namespace gatehouse::api
