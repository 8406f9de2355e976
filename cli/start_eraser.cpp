#include "cli/start_eraser.hpp"

namespace gatehouse::cli {

std::unique_ptr<Eraser> start_eraser(EventLog& log, CommandService& commands, SubjectKeys* keys,
                                     OutboundServices& outbound, const api::StructuredLog& lines) {
  if (keys == nullptr)
    return nullptr;
  const auto write_as = [&lines](api::StructuredLog::Level level) {
    return [&lines, level](const std::string& line) { lines.write(level, line); };
  };
  auto eraser = std::make_unique<Eraser>(Eraser::Parts{
      .log = log,
      .commands = commands,
      .keys = *keys,
      .forget = [&outbound](const auto& account, const auto& subjects) { outbound.forget(account, subjects); },
      .tell = write_as(api::StructuredLog::Level::info),
      .complain = write_as(api::StructuredLog::Level::error)});
  eraser->start();
  return eraser;
}

}  // namespace gatehouse::cli
