#include "tests/commands/pipeline.hpp"

#include <stdexcept>
#include <utility>

namespace gatehouse::test {

std::vector<AppendResult> InterferingLog::append(std::span<CommitDraft> group) {
  if (const auto interfere = std::exchange(before_append, nullptr)) interfere();
  if (answer) return std::vector<AppendResult>(group.size(), AppendResult{*answer, {}, {}, {}});
  return log_.append(group);
}

Submission submission_of(const Caller& caller, std::vector<Command> commands, std::string account) {
  Submission submission;
  submission.account_id = AccountId{std::move(account)};
  submission.caller = caller;
  submission.commands = std::move(commands);
  return submission;
}

Submission keyed(Submission submission, std::uint8_t key, std::uint8_t digest) {
  submission.command_key = Uuid{{key}};
  submission.request_digest = {digest};
  return submission;
}

Submission opening(const std::string& account) {
  const OpenAccount command{AccountId{account}, account, {UserId{"owner"}, "owner@" + account + ".example", "The owner"}, {}};
  return submission_of(platform_service(), {command}, catalogue_stream.value);
}

Committed Pipeline::commit(Submission submission) {
  std::vector<Submission> group;
  group.push_back(std::move(submission));
  return committed(run(std::move(group)).at(0));
}

const Committed& committed(const gatehouse::Outcome& outcome) {
  if (const auto* refusal = std::get_if<Refused>(&outcome)) throw std::runtime_error("refused: " + refusal->rejection.detail);
  if (const auto* failure = std::get_if<Failed>(&outcome)) throw std::runtime_error("failed: " + failure->detail);
  return std::get<Committed>(outcome);
}

RejectionCode refused(const gatehouse::Outcome& outcome) { return std::get<Refused>(outcome).rejection.code; }

std::optional<Failure> failed(const gatehouse::Outcome& outcome) {
  const auto* failure = std::get_if<Failed>(&outcome);
  return failure == nullptr ? std::nullopt : std::optional(failure->failure);
}

std::vector<std::string> frames_of(const EventLog& log) {
  std::vector<std::string> frames;
  for (auto& event : log.read({}, page_events_max).events) frames.push_back(std::move(event.frame));
  return frames;
}

}  // namespace gatehouse::test
