#include "cli/read_only_lines.hpp"

namespace gatehouse::cli {

void ReadOnlyLines::look(const std::string& reason) {
  if (reason == shown_)
    return;
  using Level = api::StructuredLog::Level;
  if (reason.empty())
    lines_.write(Level::info, "commands are taken again", {{"was", shown_}});
  else
    lines_.write(Level::error, "no commands are taken, the log is read only", {{"reason", reason}});
  shown_ = reason;
}

}  // namespace gatehouse::cli
