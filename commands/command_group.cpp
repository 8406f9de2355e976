#include "commands/command_group.hpp"

#include <algorithm>

#include "commands/stored_result.hpp"
#include "domain/limits.hpp"
#include "domain/state.hpp"
#include "events/codec.hpp"
#include "events/frame.hpp"
#include "table/assert.hpp"

namespace gatehouse {

struct CommandGroup::Trial {
  explicit Trial(const TableReader& base) : rows(base) {}

  OverlayTable rows;
  std::map<AccountId, Tail> tails;
  std::vector<StreamVersion> expect;
  std::vector<RecordedEvent> events;
  std::vector<CommandResult> results;
  Envelope common;  // what the events of one commit share
};

CommandGroup::CommandGroup(EventLog& log, IdSource& ids, const ConfirmationTokens& confirmations, Timestamp now)
    : log_(log), ids_(ids), confirmations_(confirmations), now_(now), snapshot_(log.state()), changes_(*snapshot_) {
  if (const auto catalogue = log.stream_head(catalogue_stream)) catalogue_position_ = catalogue->position;
}

std::optional<Outcome> CommandGroup::add(const Submission& submission) {
  if (submission.command_key && !submission.dry_run) {
    if (auto outcome = known(submission)) return outcome;
    if (keys_.contains(*submission.command_key)) {
      staged_.push_back({.committed = {}, .drafted = false, .first = keys_.at(*submission.command_key).first});
      return std::nullopt;
    }
  }
  Trial trial(changes_);
  if (auto refused = decide_all(submission, trial)) return std::move(*refused);
  const bool keep = submission.command_key.has_value() && !submission.dry_run;
  if (!submission.dry_run && (keep || !trial.events.empty())) {
    stage(submission, trial);
    return std::nullopt;
  }
  Committed committed;
  committed.position = snapshot_->head();
  committed.account_version = trial.events.empty() ? tail_of(submission.account_id).version : trial.events.back().envelope.account_version;
  committed.events = std::move(trial.events);
  committed.results = std::move(trial.results);
  return committed;
}

// A repetition: of a command in the log, or (only its misuse is known now) of one in this group.
std::optional<Outcome> CommandGroup::known(const Submission& submission) {
  const Failed reused{Failure::key_reused, "The idempotency key was sent before with another request."};
  if (const auto twin = keys_.find(*submission.command_key); twin != keys_.end()) {
    if (twin->second.second != submission.request_digest) return reused;
    return std::nullopt;
  }
  const auto record = log_.find_command(*submission.command_key);
  if (!record) return std::nullopt;
  if (record->request_digest != submission.request_digest) return reused;
  return replay(*record);
}

CommandGroup::Tail CommandGroup::tail_of(const AccountId& stream) const {
  if (const auto known = tails_.find(stream); known != tails_.end()) return known->second;
  const auto head = log_.stream_head(stream);
  return head ? Tail{head->version, head->recorded_at} : Tail{};
}

std::optional<Refused> CommandGroup::decide_all(const Submission& submission, Trial& trial) const {
  const auto door = tail_of(submission.account_id);
  trial.tails.emplace(submission.account_id, door);
  const State state(trial.rows, submission.account_id);
  const auto& caller = submission.caller;
  const auto member = caller.type == ActorType::user ? state.member(caller.user_id()) : std::nullopt;
  trial.common.actor = {caller.type, caller.id, member ? member->role_id.value : std::string()};
  trial.common.command_id = submission.command_key.value_or(ids_.next(now_));
  trial.common.correlation_id = submission.correlation_id;
  trial.common.catalogue_position = catalogue_position_;
  trial.common.recorded_at = std::max(now_, door.recorded_at);

  for (std::size_t index = 0; index < submission.commands.size(); ++index) {
    const DecisionContext context{.caller = caller,
                                  .now = trial.common.recorded_at,
                                  .ids = &ids_,
                                  .confirmations = &confirmations_,
                                  .if_match = index == 0 ? submission.if_match : std::nullopt,
                                  .account_version = trial.tails.at(submission.account_id).version};
    auto decided = decide(state, context, submission.commands[index]);
    if (!decided) return Refused{std::move(decided.error()), index};
    for (auto& [stream, event] : decided->events) take(trial, stream, std::move(event));
    trial.results.push_back(std::move(decided->result));
    if (trial.events.size() > limits::events_per_commit_max) {
      return Refused{{.code = RejectionCode::too_many_items, .detail = "One commit can hold no more events; send fewer at once."}, index};
    }
  }
  return std::nullopt;
}

// Gives the event its place in its stream and folds it, so that what is decided next sees its effect.
void CommandGroup::take(Trial& trial, const AccountId& stream, Event event) const {
  auto [tail, fresh] = trial.tails.try_emplace(stream, tail_of(stream));
  if (std::none_of(trial.expect.begin(), trial.expect.end(), [&](const auto& expected) { return expected.stream == stream; })) {
    trial.expect.push_back({stream, tail->second.version});
  }
  auto& recorded = trial.events.emplace_back();
  recorded.envelope = trial.common;
  recorded.envelope.event_id = ids_.next(trial.common.recorded_at);
  recorded.envelope.account_id = stream;
  recorded.envelope.account_version = ++tail->second.version;
  recorded.envelope.recorded_at = tail->second.recorded_at = std::max(trial.common.recorded_at, tail->second.recorded_at);
  evolve(trial.rows,
         {stream, recorded.envelope.account_version, recorded.envelope.recorded_at, recorded.envelope.actor, recorded.envelope.event_id},
         event);
  recorded.type = type_number_of(event);
  recorded.schema_version = schema_version_of(event);
  recorded.data = std::move(event);
}

void CommandGroup::stage(const Submission& submission, Trial& trial) {
  drafts_.push_back(draft_of(submission, trial));
  trial.rows.merge_into(changes_);
  for (const auto& [stream, tail] : trial.tails) tails_.insert_or_assign(stream, tail);
  if (submission.command_key) keys_.emplace(*submission.command_key, std::pair{staged_.size(), submission.request_digest});
  closed_ = std::any_of(trial.expect.begin(), trial.expect.end(), [](const auto& expected) { return expected.stream == catalogue_stream; });

  auto& staged = staged_.emplace_back();
  staged.drafted = true;
  staged.committed.position = snapshot_->head();
  staged.committed.account_version =
      trial.events.empty() ? trial.tails.at(submission.account_id).version : trial.events.back().envelope.account_version;
  staged.committed.events = std::move(trial.events);
  staged.committed.results = std::move(trial.results);
}

CommitDraft CommandGroup::draft_of(const Submission& submission, Trial& trial) {
  CommitDraft draft;
  draft.command_id = trial.common.command_id;
  draft.expect = trial.expect;
  draft.state = trial.rows.changes();
  const auto count = static_cast<std::uint16_t>(trial.events.size());
  for (std::uint16_t index = 0; index < count; ++index) {
    auto& recorded = trial.events[index];
    recorded.envelope.commit_index = index;
    recorded.envelope.commit_count = count;
    draft.events.push_back({recorded.envelope.account_id, draft_frame(recorded.envelope, *recorded.known(), ids_.salt())});
  }
  if (submission.command_key) {
    CommandRecord record;
    record.request_digest = submission.request_digest;
    record.event_count = count;
    record.account_version =
        count == 0 ? trial.tails.at(submission.account_id).version : trial.events.back().envelope.account_version;
    record.recorded_at = trial.common.recorded_at;
    record.result = store_results(trial.results);
    draft.record = std::move(record);
  }
  return draft;
}

std::vector<std::optional<Outcome>> CommandGroup::append() {
  auto results = log_.append(drafts_);
  GATEHOUSE_ASSERT(results.size() == drafts_.size());
  std::vector<std::optional<Outcome>> outcomes;
  auto result = results.begin();
  for (auto& staged : staged_) {
    if (staged.drafted) {
      outcomes.push_back(outcome_of(*result++, staged));
      continue;
    }
    auto outcome = outcomes[*staged.first];
    if (outcome && std::holds_alternative<Committed>(*outcome)) std::get<Committed>(*outcome).replayed = true;
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

std::optional<Outcome> CommandGroup::outcome_of(AppendResult& result, Staged& staged) const {
  switch (result.status) {
    case AppendStatus::appended: {
      auto& committed = staged.committed;
      for (auto& event : committed.events) {
        event.envelope.commit_first = result.first;
        event.envelope.position = {result.first.value + event.envelope.commit_index};
        committed.position = event.envelope.position;
      }
      return std::move(committed);
    }
    case AppendStatus::duplicate: return replay(result.record.value());
    case AppendStatus::misuse: return Failed{Failure::key_reused, "The idempotency key was sent before with another request."};
    case AppendStatus::conflict: return std::nullopt;
    case AppendStatus::unknown: return Failed{Failure::unknown, "The write failed; only a repetition with the same key can tell."};
    case AppendStatus::not_owner:
    case AppendStatus::regressed:
    case AppendStatus::unavailable: return Failed{Failure::read_only, log_.read_only_reason()};
  }
  GATEHOUSE_ASSERT(false);
  return std::nullopt;
}

Outcome CommandGroup::replay(const CommandRecord& record) const {
  Committed committed;
  committed.replayed = true;
  committed.position = record.event_count == 0 ? snapshot_->head() : record.first;
  committed.account_version = record.account_version;
  for (std::uint32_t index = 0; index < record.event_count; ++index) {
    const auto stored = log_.read_at({record.first.value + index});
    auto event = stored ? decode_frame(stored->frame) : tl::unexpected(FrameError::too_short);
    if (!event) return Failed{Failure::unknown, "The first answer's events cannot be read."};
    committed.position = event->envelope.position;
    committed.events.push_back(std::move(*event));
  }
  auto results = load_results(record.result);
  if (!results) return Failed{Failure::unknown, "The first answer cannot be read."};
  committed.results = std::move(*results);
  return committed;
}

}  // namespace gatehouse
