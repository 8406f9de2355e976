#include "cli/start_eraser.hpp"

#include "cli/subject_keys_place.hpp"
#include "commands/recover_keys.hpp"
#include "erasure/returned_keys.hpp"

namespace gatehouse::cli {

std::unique_ptr<SubjectKeys> open_keys(const Configuration& configuration, const EventLog& log,
                                       const api::StructuredLog& lines) {
  auto keys = keys_to_serve(configuration.data, log, configuration.new_subject_keys);
  if (!keys) {
    lines.write(api::StructuredLog::Level::warning,
                "this log was begun without a key for each person: what it has of persons cannot be erased");
    return keys;
  }
  if (const auto recovered = recover_keys(*keys, log); recovered > 0)
    lines.write(api::StructuredLog::Level::info, "found the keys of new persons in the reserve, after the power went",
                {{"keys", std::uint64_t{recovered}}});
  if (!keys->assigned_until() && log.head().value > 0)
    lines.write(
        api::StructuredLog::Level::warning,
        "the persons' keys were put back from a copy, or made anew: texts that were sealed with keys which are not in "
        "them stay locked");
  keys->renew_reserve(log.head());
  if (const auto returned = destroy_returned_keys(*log.state(), *keys); returned > 0)
    lines.write(api::StructuredLog::Level::info, "destroyed keys of erased persons that had come back",
                {{"keys", std::uint64_t{returned}}});
  return keys;
}

std::unique_ptr<Eraser> make_eraser(EventLog& log, CommandService& commands, SubjectKeys* keys,
                                    const api::StructuredLog& lines) {
  if (keys == nullptr)
    return nullptr;
  const auto write_as = [&lines](api::StructuredLog::Level level) {
    return [&lines, level](const std::string& line) { lines.write(level, line); };
  };
  return std::make_unique<Eraser>(Eraser::Parts{.log = log,
                                                .commands = commands,
                                                .keys = *keys,
                                                .tell = write_as(api::StructuredLog::Level::info),
                                                .complain = write_as(api::StructuredLog::Level::error)});
}

void start_eraser(Eraser* eraser, OutboundServices& outbound) {
  if (eraser != nullptr)
    eraser->start([&outbound](const auto& account, const auto& subjects) { outbound.forget(account, subjects); });
}

void stop_eraser(Eraser* eraser) {
  if (eraser != nullptr)
    eraser->stop();
}

}  // namespace gatehouse::cli
