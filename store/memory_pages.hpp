// Pages of memory, asked for from the system.
#pragma once
#include <cstddef>

namespace gatehouse {

// Those that lie wholly in what the allocator gave, all at once: a fault for each, when it is written to, costs several times as much. Where the system
// cannot (before Linux 5.14), they come one by one.
void fetch_pages(char* begin, std::size_t bytes);

}  // namespace gatehouse
