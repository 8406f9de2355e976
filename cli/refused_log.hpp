// What is told of a log that cannot be opened: why, from which position on it cannot be trusted, and what to type next.
#pragma once
#include <string>

#include "store/open_error.hpp"

namespace gatehouse::cli {

[[nodiscard]] std::string tell_refused_log(const std::string& data, const OpenError& error);

// From now on what cannot be read of the stored data is told with what to do about it; until serving_began() it ends the start with exit code 2, as data that cannot be
// trusted does.
void tell_what_is_unreadable(const std::string& data);
void serving_began();

}  // namespace gatehouse::cli
