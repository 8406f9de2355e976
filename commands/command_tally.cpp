#include "commands/command_tally.hpp"

#include <array>

namespace gatehouse {

namespace {

#define GATEHOUSE_NAME(type) std::string_view(#type),
constexpr std::array command_names{GATEHOUSE_COMMANDS(GATEHOUSE_NAME)};
#undef GATEHOUSE_NAME

#define GATEHOUSE_CODE(code) RejectionCode::code,
constexpr std::array rejection_codes{GATEHOUSE_REJECTION_CODES(GATEHOUSE_CODE)};
#undef GATEHOUSE_CODE

constexpr std::array committed_outcomes{std::string_view("accepted"), std::string_view("unchanged"),
                                        std::string_view("replayed"), std::string_view("dry_run")};
constexpr std::array failures_known{Failure::queue_full, Failure::read_only, Failure::key_reused, Failure::contended,
                                    Failure::unknown};

constexpr std::size_t first_refusal = committed_outcomes.size();
constexpr std::size_t first_failure = first_refusal + rejection_codes.size();
constexpr std::size_t columns = first_failure + failures_known.size();

std::size_t column_of(const Submission& submission, const Outcome& outcome) {
  if (const auto* refused = std::get_if<Refused>(&outcome))
    return first_refusal + static_cast<std::size_t>(refused->rejection.code);
  if (const auto* failed = std::get_if<Failed>(&outcome))
    return first_failure + static_cast<std::size_t>(failed->failure);
  const auto& committed = std::get<Committed>(outcome);
  if (submission.dry_run)
    return 3;
  if (committed.replayed)
    return 2;
  return committed.events.empty() ? 1 : 0;
}

}  // namespace

std::string_view to_text(Failure failure) {
  switch (failure) {
  case Failure::queue_full:
    return "queue_full";
  case Failure::read_only:
    return "read_only";
  case Failure::key_reused:
    return "key_reused";
  case Failure::contended:
    return "contended";
  case Failure::unknown:
    return "unknown";
  }
  return {};
}

CommandTally::CommandTally() : cells_(command_names.size() * columns), failures_(failures_known.size()) {}

void CommandTally::add(const Submission& submission, const Outcome& outcome) {
  if (const auto* failed = std::get_if<Failed>(&outcome))
    failures_[static_cast<std::size_t>(failed->failure)].fetch_add(1, std::memory_order_relaxed);
  const auto column = column_of(submission, outcome);
  for (const auto& command : submission.commands)
    cells_[command.index() * columns + column].fetch_add(1, std::memory_order_relaxed);
}

std::vector<CommandTally::Count> CommandTally::counts() const {
  std::vector<Count> counts;
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
    const auto count = cells_[cell].load(std::memory_order_relaxed);
    const auto command = command_names[cell / columns];
    const auto column = cell % columns;
    if (count == 0)
      continue;
    if (column < first_refusal)
      counts.push_back({command, committed_outcomes[column], {}, count});
    else if (column < first_failure)
      counts.push_back({command, "refused", to_text(rejection_codes[column - first_refusal]), count});
    else
      counts.push_back({command, "failed", to_text(failures_known[column - first_failure]), count});
  }
  return counts;
}

std::uint64_t CommandTally::failures(Failure failure) const {
  return failures_[static_cast<std::size_t>(failure)].load(std::memory_order_relaxed);
}

}  // namespace gatehouse
