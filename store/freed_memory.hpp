// What the allocator keeps of memory that was freed, and what it gives back to the system.
#pragma once

namespace gatehouse {

// For a program, once, before it has threads: what is freed is kept for the next time. To give back a page and to take it again costs some microseconds, in a virtual machine more:
// a change of RocksDB's memtables took 20 ms on the commit path for that alone.
void keep_freed_memory();

// For work that needs much memory now and then: what it has freed goes back to the system. May take some hundredths of a second, in which other threads wait to allocate a part of
// that; once for each piece of work, not more often.
void return_freed_memory();

}  // namespace gatehouse
