#include "commands/command_trial.hpp"

#include <algorithm>
#include <utility>

#include "commands/stored_result.hpp"
#include "domain/limits.hpp"
#include "domain/state.hpp"
#include "events/codec.hpp"
#include "events/frame.hpp"
#include "sealing/sealed_events.hpp"

namespace gatehouse {

namespace {

Refused too_much(std::size_t index, std::string detail) {
  return Refused{{.code = RejectionCode::too_many_items, .detail = std::move(detail)}, index};
}

}  // namespace

CommandTrial::CommandTrial(TrialBasis basis, const Submission& submission)
    : basis_(std::move(basis)), submission_(submission), rows_(OverlayTable::on(basis_.rows)) {
  const auto& caller = submission.caller;
  const auto& door = submission.account_id;
  const auto tail = tails_.emplace(door, basis_.tail_of(door)).first->second;
  const auto member = caller.type == ActorType::user ? State(rows_, door).member(caller.user_id()) : std::nullopt;
  common_.actor = {caller.type, caller.id, member ? member->role_id.value : std::string()};
  common_.command_id = submission.command_key ? *submission.command_key : basis_.ids.next(basis_.now);
  common_.correlation_id = submission.correlation_id.is_nil() ? common_.command_id : submission.correlation_id;
  common_.catalogue_position = basis_.catalogue_position;
  common_.recorded_at = std::max(basis_.now, tail.recorded_at);
  // Decided on this account, whatever stream the events go to. The catalogue is expected only where it is written to: opening an account
  // does not depend on it.
  if (door != catalogue_stream)
    expect(door, tail.version);
}

std::optional<Refused> CommandTrial::decide_all() {
  const auto& if_match = submission_.if_match;
  const auto version = tails_.at(submission_.account_id).version;
  const bool batch = submission_.commands.size() > 1;
  if (batch && !if_match.empty() && std::ranges::find(if_match, version) == if_match.end()) {
    return Refused{{.code = RejectionCode::stale_version,
                    .detail = "For several commands If-Match names the version of the account."},
                   0};
  }
  for (std::size_t index = 0; index < submission_.commands.size(); ++index) {
    if (auto refused = decide_one(index))
      return refused;
  }
  return draft_frames();
}

std::optional<Refused> CommandTrial::decide_one(std::size_t index) {
  const State state(rows_, submission_.account_id, basis_.sealer);
  const DecisionContext context{.caller = submission_.caller,
                                .now = common_.recorded_at,
                                .ids = &basis_.ids,
                                .confirmations = &basis_.confirmations,
                                .if_match = submission_.commands.size() > 1 ? std::vector<std::uint64_t>()
                                                                            : submission_.if_match,
                                .account_version = tails_.at(submission_.account_id).version,
                                .must_be_new = submission_.must_be_new};
  auto decided = decide(state, context, submission_.commands[index]);
  if (!decided)
    return Refused{std::move(decided.error()), index};
  if (events_.size() + decided->events.size() > limits::events_per_commit_max) {
    return too_much(index, "One commit holds at most " + std::to_string(limits::events_per_commit_max) +
                               " events; send fewer at once.");
  }
  for (auto& [stream, event] : decided->events) {
    if (!take(stream, std::move(event)))
      return Refused{{.code = RejectionCode::subject_erased, .detail = "What was recorded of the person is erased."},
                     index};
  }
  command_of_event_.resize(events_.size(), index);
  results_.push_back(std::move(decided->result));
  return std::nullopt;
}

// Gives the event its place in its stream and folds it, so that what is decided next sees its effect.
bool CommandTrial::take(const AccountId& stream, Event event) {
  if (basis_.sealer != nullptr && !seal_event(*basis_.sealer, stream, event))
    return false;
  auto found = tails_.find(stream);
  if (found == tails_.end())
    found = tails_.emplace(stream, basis_.tail_of(stream)).first;
  auto& tail = found->second;
  expect(stream, tail.version);
  auto& recorded = events_.emplace_back();
  recorded.envelope = common_;
  recorded.envelope.account_id = stream;
  recorded.envelope.account_version = ++tail.version;
  recorded.envelope.recorded_at = tail.recorded_at = std::max(common_.recorded_at, tail.recorded_at);
  recorded.envelope.event_id = basis_.ids.next(tail.recorded_at);
  evolve(rows_, {stream, tail.version, tail.recorded_at, common_.actor, recorded.envelope.event_id}, event);
  recorded.type = type_number_of(event);
  recorded.schema_version = schema_version_of(event);
  recorded.data = std::move(event);
  return true;
}

std::optional<Refused> CommandTrial::draft_frames() {
  const auto count = static_cast<std::uint16_t>(events_.size());
  for (std::uint16_t index = 0; index < count; ++index) {
    auto& recorded = events_[index];
    recorded.envelope.commit_index = index;
    recorded.envelope.commit_count = count;
    drafts_.push_back(
        {recorded.envelope.account_id, draft_frame(recorded.envelope, *recorded.known(), basis_.ids.salt())});
    if (drafts_.back().frame.size() > frame_draft_bytes_max) {
      return too_much(command_of_event_[index], "One event of this would be too long; send less at once.");
    }
  }
  return std::nullopt;
}

bool CommandTrial::changes_catalogue() const {
  return std::ranges::any_of(events_,
                             [](const RecordedEvent& event) { return event.envelope.account_id == catalogue_stream; });
}

std::uint64_t CommandTrial::account_version() const {
  const auto& door = submission_.account_id;
  return door != catalogue_stream || events_.empty() ? tails_.at(door).version
                                                     : events_.back().envelope.account_version;
}

CommitDraft CommandTrial::take_draft() {
  CommitDraft draft;
  draft.command_id = common_.command_id;
  draft.expect = std::move(expect_);
  draft.events = std::move(drafts_);
  draft.state = rows_.take_changes();
  if (submission_.command_key) {
    CommandRecord record;
    record.request_digest = submission_.request_digest;
    record.event_count = static_cast<std::uint32_t>(events_.size());
    record.account_version = account_version();
    record.recorded_at = common_.recorded_at;
    record.result = store_results(results_);
    draft.record = std::move(record);
  }
  return draft;
}

Committed CommandTrial::take_committed() {
  Committed committed;
  committed.account_version = account_version();
  committed.events = std::move(events_);
  committed.results = std::move(results_);
  return committed;
}

void CommandTrial::expect(const AccountId& stream, std::uint64_t version) {
  if (std::ranges::find(expect_, stream, &StreamVersion::stream) == expect_.end())
    expect_.push_back({stream, version});
}

}  // namespace gatehouse
