// A line of the log when it begins to take no appends, and one when it takes them again: to be shown the reason again and again.
#pragma once
#include <string>

#include "api/structured_log.hpp"

namespace gatehouse::cli {

class ReadOnlyLines {
 public:
  // The lines outlive it.
  explicit ReadOnlyLines(const api::StructuredLog& lines) : lines_(lines) {}

  // As EventLog::read_only_reason says it; empty: it takes appends.
  void look(const std::string& reason);

 private:
  const api::StructuredLog& lines_;
  std::string shown_;
};

}  // namespace gatehouse::cli
