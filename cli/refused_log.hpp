// What is told of a log that cannot be opened: why, from which position on it cannot be trusted, and what to type next.
#pragma once
#include <string>

#include "store/open_error.hpp"

namespace gatehouse::cli {

// What to do.
[[nodiscard]] std::string advice_for(OpenErrorKind kind, const std::string& data);
[[nodiscard]] std::string advice_for(const OpenError& error, const std::string& data);
[[nodiscard]] std::string advice_for_unreadable(const std::string& table, const std::string& data);

[[nodiscard]] std::string tell_refused_log(const std::string& data, const OpenError& error);

// The read model whose table it is, which can be made anew from the log; empty: it is not one's, and a backup must be restored.
[[nodiscard]] std::string read_model_of(const std::string& table);

// In one line, with what to do where it is for want of open files.
[[nodiscard]] std::string refusal_of(const OpenError& error);

// From now on what cannot be read of the stored data is told with what to do about it; until serving_began() it ends the start with exit code 2, as data that cannot be
// trusted does.
void tell_what_is_unreadable(const std::string& data);
void serving_began();

}  // namespace gatehouse::cli
