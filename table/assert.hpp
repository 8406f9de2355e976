// Assertions that stay on in release: a failed one means a bug in the program, not bad input, and ends the process at once,
// because a wrong program must not go on writing a history that people trust.
#pragma once
#include <source_location>
#include <string_view>

namespace gatehouse {

[[noreturn]] void assertion_failed(std::string_view condition, std::source_location where);

}  // namespace gatehouse

#define GATEHOUSE_ASSERT(condition) \
  ((condition) ? void(0) : ::gatehouse::assertion_failed(#condition, std::source_location::current()))
