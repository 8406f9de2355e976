// What is told of a log that cannot be opened: why, from which position on it cannot be trusted, and what to type next.
#pragma once
#include <string>

#include "store/open_error.hpp"

namespace gatehouse::cli {

[[nodiscard]] std::string tell_refused_log(const std::string& data, const OpenError& error);

}  // namespace gatehouse::cli
