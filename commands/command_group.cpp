#include "commands/command_group.hpp"

#include <algorithm>

#include "commands/stored_result.hpp"
#include "events/frame.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t commands_expected = 64;  // reserved at once; more grow

Failed key_reused() { return {Failure::key_reused, "The idempotency key was sent before with another request."}; }

// The events of one commit stand together.
Position position_of(Position first, std::uint64_t index) { return {first.value + index}; }

}  // namespace

CommandGroup::CommandGroup(EventLog& log, IdSource& ids, const ConfirmationTokens& confirmations, SubjectKeys* keys,
                           std::shared_ptr<const CommandGroup> before)
    : log_(log), ids_(ids), confirmations_(confirmations), subject_keys_(keys),
      destroyed_before_(keys != nullptr ? keys->destroyed() : 0), before_(std::move(before)),
      snapshot_(before_ ? before_->snapshot_ : log.state()),
      changes_(OverlayTable::on(before_ ? static_cast<const TableReader&>(before_->changes_) : *snapshot_)) {
  staged_.reserve(commands_expected);
  drafts_.reserve(commands_expected);
  if (keys != nullptr)
    new_keys_ = KeyDraft::to_record(*keys, before_ ? &*before_->new_keys_ : nullptr);
  if (before_)
    catalogue_position_ = before_->catalogue_position_;
  else if (const auto catalogue = snapshot_->stream_head(catalogue_stream))
    catalogue_position_ = catalogue->position;
}

std::optional<Outcome> CommandGroup::add(const Submission& submission, Timestamp now) {
  const bool keep = submission.command_key.has_value() && !submission.dry_run;
  if (keep) {
    if (auto outcome = known(submission))
      return outcome;
    if (stage_repetition(submission))
      return std::nullopt;
  }
  std::optional<KeyDraft> sealer;
  if (new_keys_)
    sealer =
        submission.dry_run ? KeyDraft(*subject_keys_, &*new_keys_) : KeyDraft::to_record(*subject_keys_, &*new_keys_);
  CommandTrial trial({.rows = changes_,
                      .tail_of = [this](const AccountId& stream) { return tail_of(stream); },
                      .ids = ids_,
                      .confirmations = confirmations_,
                      .now = now,
                      .catalogue_position = catalogue_position_,
                      .sealer = sealer ? &*sealer : nullptr},
                     submission);
  auto refused = trial.decide_all();
  decided_events_ += trial.decided_events();
  if (refused)
    return settle(std::move(*refused));
  if (!submission.dry_run && (keep || trial.has_events())) {
    stage(submission, trial);
    if (sealer)
      sealer->merge_into(*new_keys_);
    return std::nullopt;
  }
  auto committed = trial.take_committed();
  committed.position = snapshot_->head();
  return settle(std::move(committed));
}

std::optional<Outcome> CommandGroup::known(const Submission& submission) const {
  if (keys_.contains(*submission.command_key))
    return std::nullopt;
  if (const auto record = log_.find_command(*submission.command_key)) {
    if (record->request_digest != submission.request_digest)
      return key_reused();
    return replay(*record);
  }
  // With another request it may be another client's.
  if (submission.former_command_key) {
    const auto record = log_.find_command(*submission.former_command_key);
    if (record && record->request_digest == submission.request_digest)
      return replay(*record);
  }
  return std::nullopt;
}

bool CommandGroup::stage_repetition(const Submission& submission) {
  const auto& key = *submission.command_key;
  const auto stage_as = [&](const Digest& first_digest, Staged repetition) {
    if (first_digest == submission.request_digest)
      staged_.push_back(std::move(repetition));
    else
      staged_.emplace_back(Provisional{key_reused()});
    return true;
  };
  if (const auto twin = keys_.find(key); twin != keys_.end())
    return stage_as(twin->second.second, Twin{twin->second.first});
  if (!before_)
    return false;
  const auto first = before_->keys_.find(key);
  return first != before_->keys_.end() && stage_as(first->second.second, Repeated{key});
}

std::optional<Outcome> CommandGroup::settle(Outcome outcome) {
  if (drafts_.empty() && !before_)
    return outcome;
  staged_.emplace_back(Provisional{std::move(outcome)});
  return std::nullopt;
}

StreamTail CommandGroup::tail_of(const AccountId& stream) const {
  if (const auto known = tails_.find(stream); known != tails_.end())
    return known->second;
  if (before_) {
    if (const auto known = before_->tails_.find(stream); known != before_->tails_.end())
      return known->second;
  }
  const auto head = snapshot_->stream_head(stream);
  return head ? StreamTail{head->version, head->recorded_at} : StreamTail{};
}

void CommandGroup::stage(const Submission& submission, CommandTrial& trial) {
  closed_ = trial.changes_catalogue();
  trial.rows().merge_into(changes_);
  for (const auto& [stream, tail] : trial.tails())
    tails_.insert_or_assign(stream, tail);
  if (submission.command_key)
    keys_.emplace(*submission.command_key, std::pair{staged_.size(), submission.request_digest});
  drafts_.push_back(trial.take_draft());
  staged_.emplace_back(Drafted{trial.take_committed()});
}

std::optional<Failed> CommandGroup::keep_new_keys() {
  keys_failure_.clear();
  if (!new_keys_ || (kept_ahead_ && new_keys_->made().empty()))
    return std::nullopt;
  // Keys for what cannot be appended would be written in vain, and on a full disk not even that.
  if (auto reason = log_.read_only_reason(); !reason.empty())
    return new_keys_->made().empty() ? std::nullopt : std::optional(Failed{Failure::read_only, std::move(reason)});
  try {
    subject_keys_->assign(new_keys_->made(), snapshot_->head(), destroyed_before_);
    return std::nullopt;
  } catch (const SubjectKeysFailure& error) {
    keys_failure_ = error.what();
    return Failed{Failure::read_only, error.what()};
  }
}

// Not in append(), while others look for keys in the draft.
void CommandGroup::keep_keys_ahead() {
  kept_ahead_ = keeps_ahead_ = !keep_new_keys();
  if (keeps_ahead_)
    new_keys_->count_as_kept();
}

// What was decided on what the group before it changes stands on the log itself from now on: nothing of that group is needed any more.
bool CommandGroup::take_turn() {
  if (!before_)
    return true;
  if (!before_->written_)
    return false;
  snapshot_ = log_.state();
  changes_.rest_on(*snapshot_);
  if (new_keys_)
    new_keys_->rest_on_recorded();
  before_.reset();
  return true;
}

std::vector<std::optional<Outcome>> CommandGroup::append() {
  if (auto failed = keep_new_keys())
    return std::vector<std::optional<Outcome>>(staged_.size(), Outcome(*failed));
  std::vector<AppendResult> results;
  if (!drafts_.empty())
    results = log_.append(drafts_);
  GATEHOUSE_ASSERT(results.size() == drafts_.size());
  outcome_unknown_ =
      std::ranges::any_of(results, [](const auto& result) { return result.status == AppendStatus::unknown; });
  std::vector<std::optional<Outcome>> outcomes;
  auto result = results.begin();
  auto position = snapshot_->head();
  written_ = true;  // everything staged so far
  for (auto& staged : staged_) {
    if (auto* drafted = std::get_if<Drafted>(&staged)) {
      written_ = written_ && result->status == AppendStatus::appended;
      outcomes.push_back(outcome_of(*result++, std::move(drafted->committed)));
    } else if (const auto* twin = std::get_if<Twin>(&staged)) {
      outcomes.push_back(outcomes[twin->of]);
      if (auto* committed = outcomes.back() ? std::get_if<Committed>(&*outcomes.back()) : nullptr)
        committed->replayed = true;
    } else if (const auto* repeated = std::get_if<Repeated>(&staged)) {
      const auto record = log_.find_command(repeated->command_key);
      outcomes.push_back(record ? std::optional(replay(*record)) : std::nullopt);
    } else {
      auto& provisional = std::get<Provisional>(staged).outcome;
      if (auto* committed = std::get_if<Committed>(&provisional))
        committed->position = position;
      outcomes.push_back(written_ ? std::optional(std::move(provisional)) : std::nullopt);
    }
    const auto* committed = outcomes.back() ? std::get_if<Committed>(&*outcomes.back()) : nullptr;
    if (committed != nullptr)
      position = std::max(position, committed->position);
  }
  return outcomes;
}

std::optional<Outcome> CommandGroup::outcome_of(AppendResult& result, Committed committed) const {
  switch (result.status) {
  case AppendStatus::appended:
    committed.position = result.first;
    for (auto& event : committed.events) {
      event.envelope.commit_first = result.first;
      event.envelope.position = position_of(result.first, event.envelope.commit_index);
      committed.position = event.envelope.position;
    }
    return committed;
  case AppendStatus::duplicate:
    return replay(result.record.value());
  case AppendStatus::misuse:
    return key_reused();
  case AppendStatus::conflict:
    return std::nullopt;
  case AppendStatus::unknown:
    return Failed{Failure::unknown, "The write failed; only a repetition with the same key can tell."};
  case AppendStatus::not_owner:
  case AppendStatus::regressed:
  case AppendStatus::unavailable:
    return Failed{Failure::read_only, log_.read_only_reason()};
  }
  assertion_failed("an append has one of the outcomes", std::source_location::current());
}

Outcome CommandGroup::replay(const CommandRecord& record) const {
  Committed committed;
  committed.replayed = true;
  committed.position = record.first;
  committed.account_version = record.account_version;
  for (std::uint32_t index = 0; index < record.event_count; ++index) {
    const auto stored = log_.read_at(position_of(record.first, index));
    auto event = stored ? decode_frame(stored->frame) : tl::unexpected(FrameError::too_short);
    if (!event)
      return Failed{Failure::unknown, "The first answer's events cannot be read."};
    committed.position = event->envelope.position;
    committed.events.push_back(std::move(*event));
  }
  auto results = load_results(record.result);
  if (!results)
    return Failed{Failure::unknown, "The first answer cannot be read."};
  committed.results = std::move(*results);
  return committed;
}

}  // namespace gatehouse
