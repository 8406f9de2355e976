// For work that needs much memory now and then: what it has freed goes back to the system instead of waiting in the allocator for the next time.
#pragma once

namespace gatehouse {

// May take some hundredths of a second, in which other threads wait to allocate a part of that; once for each piece of work, not more often.
void return_freed_memory();

}  // namespace gatehouse
